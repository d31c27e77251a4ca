using System.Text.Json;

namespace BatchGateway.Cli.Output;

/// <summary>A failure as a user is told of it.</summary>
/// <param name="Kind">One word for programs.</param>
/// <param name="Message">What failed.</param>
/// <param name="State">How things stand.</param>
/// <param name="Next">What to do.</param>
/// <param name="ExitCode">How the tool ends.</param>
internal sealed record ErrorReport(string Kind, string Message, string State, string Next, ExitCode ExitCode)
{
    /// <summary>Wrong usage or bad input, found before anything was sent.</summary>
    public static ErrorReport Usage(string message, string next) => new("usage", message, "Nothing was sent.", next, ExitCode.Usage);

    /// <summary>The document that <c>--json</c> puts in the place of a result.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("kind", Kind);
        writer.WriteString("message", Message);
        writer.WriteString("state", State);
        writer.WriteString("next", Next);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
