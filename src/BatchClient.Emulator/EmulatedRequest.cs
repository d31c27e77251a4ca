using System.Text.Json;

namespace BatchGateway.Emulator;

/// <summary>One line of a batch's input file, as the responder sees it.</summary>
/// <param name="LineNumber">The line's number in the file, counted from 1.</param>
/// <param name="CustomId">The line's <c>custom_id</c>.</param>
/// <param name="Url">The line's <c>url</c>, such as <c>/v1/chat/completions</c>.</param>
/// <param name="Body">The line's <c>body</c>; valid only until the responder returns, so clone what is kept.</param>
public sealed record EmulatedRequest(int LineNumber, string CustomId, string Url, JsonElement Body);
