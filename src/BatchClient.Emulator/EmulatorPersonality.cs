namespace BatchGateway.Emulator;

/// <summary>Whose habits the emulator has. Single habits are switched in <see cref="EmulatorOptions"/>.</summary>
public enum EmulatorPersonality
{
    /// <summary>
    /// Only what the gateway's reference documents: create and get a batch, and the files it needs. Members that the create page does not
    /// name are dropped, so a batch's <c>metadata</c> is null; batches can be neither listed nor cancelled; ranges of a file are ignored.
    /// </summary>
    Documented,

    /// <summary>
    /// Everything OpenAI does: lists, cancel, ranges, kept metadata, <c>model</c> and <c>usage</c>, and OpenAI's refusals.
    /// </summary>
    OpenAI,
}
