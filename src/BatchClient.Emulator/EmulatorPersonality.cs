namespace BatchGateway.Emulator;

/// <summary>Whose habits the emulator has. Single habits are switched in <see cref="EmulatorOptions"/>.</summary>
public enum EmulatorPersonality
{
    /// <summary>
    /// Only what the gateway's reference documents: create and get a batch, and the files it needs. Members that the create page does not
    /// name are dropped, so a batch's <c>metadata</c> is null; batches can be neither listed nor cancelled; ranges of a file are ignored.
    /// Any endpoint and any <c>completion_window</c> is taken, also none; the number of lines has no limit.
    /// </summary>
    Documented,

    /// <summary>
    /// Everything OpenAI does: lists, cancel, ranges, kept metadata, <c>model</c> and <c>usage</c>, and OpenAI's refusals. A file of more
    /// than 50,000 lines, or of more than 50,000 embedding inputs over all lines, fails its batch with <c>too_many_tasks</c>.
    /// </summary>
    OpenAI,

    /// <summary>
    /// What reaches a caller from Azure OpenAI: a batch's times are ISO 8601 with seven digits after the second, its status is capitalised
    /// (<c>InProgress</c>), a file id that is none is <c>""</c>, and <c>request_counts</c> has nulls until the end. An uploaded file is
    /// <c>pending</c> for <see cref="EmulatorOptions.FilePendingFor"/> and a create is refused with 400 until then. Batches never expire:
    /// <c>expires_at</c> is null. They have neither <c>model</c> nor <c>usage</c>. Lists, cancel and ranges are on; 100,000 lines at most,
    /// and a line's errors have Azure's codes, such as <c>model_mismatch</c>.
    /// </summary>
    Azure,
}
