using System.Text.Json;

namespace BatchGateway.Emulator;

/// <summary>One line of a batch's input file, as a script sees it.</summary>
/// <param name="LineNumber">The line's number in the file, counted from 1.</param>
/// <param name="CustomId">The line's <c>custom_id</c>.</param>
/// <param name="Url">The line's <c>url</c>, such as <c>/v1/chat/completions</c>.</param>
/// <param name="Body">The line's <c>body</c>; valid only until the responder returns, so clone what is kept.</param>
public sealed record EmulatedRequest(int LineNumber, string CustomId, string Url, JsonElement Body)
{
    /// <summary>
    /// How often a line with this custom id has been run by this emulator, over all batches and this time included; 1 at first. Lines that
    /// their batch never came to do not count.
    /// </summary>
    public int Attempt { get; init; } = 1;
}
