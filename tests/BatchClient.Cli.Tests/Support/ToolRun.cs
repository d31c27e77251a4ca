using System.Text.Json;

namespace BatchGateway.Cli.Tests.Support;

/// <summary>A run of the tool that has ended.</summary>
internal sealed record ToolRun(string CommandLine, int ExitCode, string Out, string Err)
{
    /// <summary>The one document that stdout holds under <c>--json</c>; anything else there is an error.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement.Clone();

    /// <summary>The member of the error document.</summary>
    public string? Error(string member) => Json.GetProperty("error").GetProperty(member).GetString();

    public override string ToString() => $"$ {CommandLine}\n{Out}\n--- stderr\n{Err}\n--- exit {ExitCode}";
}
