namespace BatchGateway.Runs.Chaos.Sabotaging;

/// <summary>What is broken in the worker on purpose, to show that the matrix notices.</summary>
internal enum Sabotage
{
    None,

    /// <summary>The intent to create a batch becomes durable only together with what became of it.</summary>
    NoIntentFlush,

    /// <summary>A list without the batch is taken for a proof that there is none.</summary>
    NoRule7,

    /// <summary>A create without a good answer is sent a second time.</summary>
    SecondCreate,
}
