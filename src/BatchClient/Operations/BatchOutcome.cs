namespace BatchGateway;

/// <summary>What became of one item.</summary>
/// <typeparam name="TItem">The type of the items.</typeparam>
/// <typeparam name="TResult">The type of the results.</typeparam>
public sealed record BatchOutcome<TItem, TResult>
{
    /// <summary>The item.</summary>
    public required TItem Item { get; init; }

    /// <summary>The custom id of its line.</summary>
    public required string CustomId { get; init; }

    /// <summary>What became of it.</summary>
    public required BatchOutcomeKind Kind { get; init; }

    /// <summary>Whether there is a <see cref="Result"/>.</summary>
    public bool Succeeded => Kind == BatchOutcomeKind.Succeeded;

    /// <summary>The result; <see langword="default"/> unless <see cref="Succeeded"/>.</summary>
    public TResult? Result { get; init; }

    /// <summary>Why there is no result; null when there is one.</summary>
    public BatchError? Error { get; init; }

    /// <summary>The line that says so; null when none does.</summary>
    public BatchResultLine? Line { get; init; }
}
