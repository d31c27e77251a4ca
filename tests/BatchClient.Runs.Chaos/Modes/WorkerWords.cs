namespace BatchGateway.Runs.Chaos.Modes;

/// <summary>What a worker says.</summary>
internal static class WorkerWords
{
    /// <summary>The work begins.</summary>
    public const string Ready = "ready";

    /// <summary>With a <see cref="Killing.KillPoint"/>: the process ends itself there.</summary>
    public const string Reached = "reached ";

    /// <summary>With an <see cref="OpenShard"/>: a person must settle it.</summary>
    public const string Open = "open ";

    /// <summary>The results are written.</summary>
    public const string Done = "done";
}
