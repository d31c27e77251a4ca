using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Settings;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Doctor;

/// <summary>What one pastes into a bug report.</summary>
internal sealed class DoctorReport(ToolSettings settings, IReadOnlyList<Check> checks, Func<string, string> clean)
{
    // Enough of a commit to find it by.
    private const int CommitLength = 12;

    private static readonly string Version = Short(typeof(Tool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    private string Url => clean(settings.ControlPlaneUrl!.Split('?', '#')[0]);

    private string ApiPath => settings.ApiPath ?? BatchGatewayOptions.DefaultApiPath;

    /// <summary>How the tool ends: by what weighs most.</summary>
    public ExitCode ExitCode => checks.Any(check => check.End == ExitCode.Ambiguous) ? ExitCode.Ambiguous : checks.Select(check => check.End).Max();

    public IRenderable View()
    {
        Grid head = Views.Labelled()
            .Row("Version", $"{Tool.Name} {Version}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}")
            .Row("Gateway", Url)
            .Row("API path", ApiPath.Length == 0 ? "(none)" : ApiPath)
            .Row("Provider", settings.Provider ?? "(none)")
            .Row("Headers", string.Join(", ", settings.Headers.Keys));
        return new Rows(head, new Text(""), Table());
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteString("os", $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}");
        json.WriteString("gateway", Url);
        json.WriteString("api_path", ApiPath);
        json.WriteString("provider", settings.Provider);
        json.WriteStartArray("headers");
        foreach (string name in settings.Headers.Keys)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("checks");
        foreach (Check check in checks)
            Write(json, check);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, Check check)
    {
        json.WriteStartObject();
        json.WriteString("name", check.Name);
        json.WriteString("answer", check.AnswerText.Replace(' ', '_'));
        if (check.Call?.Status is { } status)
            json.WriteNumber("status", status);
        if (check.Call is { } call)
            json.WriteNumber("milliseconds", Math.Round(call.Elapsed.TotalMilliseconds));
        json.WriteString("detail", clean(check.Detail));
        json.WriteEndObject();
    }

    private Grid Table()
    {
        Grid grid = new();
        foreach (int width in new[] { "provider header".Length, "not asked".Length, 3, 9 })
            grid.AddColumn(new GridColumn { Width = width, NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        foreach (Check check in checks)
            grid.AddRow(
                new Text(check.Name),
                new Text(check.AnswerText, StyleOf(check)),
                new Text(check.Call?.Status?.ToString(CultureInfo.InvariantCulture) ?? ""),
                new Text(check.Call is { } call ? $"{call.Elapsed.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture)} ms" : "", Style.Plain) { Justification = Justify.Right },
                new Text(Plain.LineOf(clean(check.Detail))));
        return grid;
    }

    private static string Short(string version) => version.IndexOf('+', StringComparison.Ordinal) is >= 0 and int plus && version.Length > plus + 1 + CommitLength
        ? version[..(plus + 1 + CommitLength)]
        : version;

    private static Style StyleOf(Check check) => new(check switch
    {
        { Answer: Answer.Ok } => Color.Green,
        { Answer: Answer.NotAsked } => Color.Grey,
        { End: ExitCode.Success } => Color.Yellow,
        _ => Color.Red,
    });
}
