namespace BatchGateway;

/// <summary>How results are read as outcomes.</summary>
public sealed class OutcomeOptions
{
    /// <summary>
    /// Whether outcomes come in the order of the items. Default: false; they come in the order of the result files, which is faster, and
    /// the missing ones last. Either way only one line is in memory.
    /// </summary>
    public bool InItemOrder { get; set; }

    /// <summary>
    /// The number of the first item's line, when the lines had no custom ids and were numbered. Default: 1. For a file of a split it is
    /// <see cref="BatchRequestFile.FirstLineNumber"/>.
    /// </summary>
    public long FirstLineNumber { get; set; } = 1;

    /// <summary>
    /// Told of each line that decides no outcome: a second one for the same item, one without a custom id, or one for an item that was not
    /// asked for. Null for nobody; the numbers are logged anyway. An exception that it throws ends the reading.
    /// </summary>
    public Action<BatchResultLine>? Unmatched { get; set; }
}
