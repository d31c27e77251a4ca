using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Output;

/// <summary>
/// What the user sees. Results go to stdout, as a view for people or as one JSON document; notes, progress, traces and errors go to stderr.
/// </summary>
internal sealed class Screen
{
    private readonly ScreenOptions _options;
    private readonly IAnsiConsole _out;
    private readonly IAnsiConsole _err;

    public Screen(ScreenOptions options)
    {
        _options = options;
        _out = Consoles.For(Console.Out, Console.IsOutputRedirected, options.HasColor);
        _err = Consoles.For(Console.Error, Console.IsErrorRedirected, options.HasColor);
    }

    public bool IsJson => _options.IsJson;

    public bool IsVerbose => _options.IsVerbose;

    /// <summary>Whether bars may move: on a terminal, when nobody wants quiet and no trace comes between.</summary>
    public bool IsLive => !Console.IsOutputRedirected && _err.Profile.Capabilities is { Interactive: true, Ansi: true } && _options is { IsQuiet: false, IsVerbose: false };

    /// <summary>Where live displays are drawn.</summary>
    public IAnsiConsole Live => _err;

    /// <summary>How many columns a result may take.</summary>
    public int Width => _out.Profile.Width;

    /// <summary>A result that the gateway gave: its own JSON, or a view of it.</summary>
    public void Show(GatewayModel model, Func<IRenderable> view)
    {
        if (IsJson)
            JsonDocuments.Write(model.RawJson);
        else
            _out.Write(view());
    }

    /// <summary>Results that the gateway gave: an array of its own JSON, or a view of them.</summary>
    public void Show(IReadOnlyList<GatewayModel> models, Func<IRenderable> view)
    {
        if (IsJson)
            JsonDocuments.Write(models);
        else
            _out.Write(view());
    }

    /// <summary>A result of the tool's own.</summary>
    public void Show(Action<Utf8JsonWriter> json, Func<IRenderable> view)
    {
        if (IsJson)
            JsonDocuments.Write(json);
        else
            _out.Write(view());
    }

    /// <summary>Something on the side, which <c>--quiet</c> leaves out.</summary>
    public void Note(string label, string text)
    {
        if (!_options.IsQuiet)
            _err.Write(Labelled(label, text, Color.Green));
    }

    /// <summary>A command to be copied: in one piece, however narrow the terminal is. For people only.</summary>
    public void Suggest(string label, string command)
    {
        if (_options is { IsQuiet: false, IsJson: false })
            WriteInOnePiece(label, command);
    }

    /// <summary>Lines of <c>--verbose</c>.</summary>
    public void Trace(string lines)
    {
        if (!IsVerbose)
            return;

        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            _err.Write(new Text(Plain.LineOf(line) + "\n", new Style(Color.Grey)));
    }

    /// <summary>Tells of a failure: three lines for people, a document for programs.</summary>
    public ExitCode Report(ErrorReport report)
    {
        if (IsJson)
            JsonDocuments.Write(report.WriteTo);

        // A program that reads stdout may be alone with it: the person at the terminal is told as well.
        if (!IsJson || Console.IsOutputRedirected)
        {
            _err.Write(Labelled("Error", report.Message, Color.Red));
            _err.Write(Labelled("State", report.State, Color.Yellow));
            Next(report.Next);
        }

        return report.ExitCode;
    }

    /// <summary>A command to be copied stays in one piece; advice wraps between its words.</summary>
    private void Next(string next)
    {
        if (next.Contains($"{Tool.Name} ", StringComparison.Ordinal))
            WriteInOnePiece("Next", next);
        else
            _err.Write(Labelled("Next", next, Color.Green));
    }

    private void WriteInOnePiece(string label, string command)
    {
        _err.Write(new Text(label.PadRight(Views.LabelWidth), new Style(Color.Green)));
        Console.Error.WriteLine(Plain.LineOf(command));
    }

    private static Grid Labelled(string label, string text, Color color) => Views.Labelled().Row(label, new Text(Plain.LineOf(text)), color);
}
