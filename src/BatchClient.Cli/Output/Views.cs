using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Output;

/// <summary>Lines with a label, which everything but a table is shown in.</summary>
internal static class Views
{
    /// <summary>The columns that a label takes, with the gap after it.</summary>
    public const int LabelWidth = 11;

    /// <summary>Lines that begin with a label; what does not fit goes on below its own beginning.</summary>
    public static Grid Labelled() => new Grid()
        .AddColumn(new GridColumn { Width = LabelWidth - 1, NoWrap = true, Padding = new Padding(0, 0, 1, 0) })
        .AddColumn(new GridColumn { Padding = new Padding(0) });

    public static Grid Row(this Grid grid, string label, IRenderable value, Color? color = null) =>
        grid.AddRow(new Text(label, new Style(color ?? Color.Green)), value);

    /// <summary>A line that is left out when there is nothing to say.</summary>
    public static Grid Row(this Grid grid, string label, string? value, Style? style = null) =>
        string.IsNullOrEmpty(value) ? grid : grid.Row(label, new Text(Plain.LineOf(value), style));
}
