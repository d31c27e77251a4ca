using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Output;

/// <summary>
/// A table of single lines, without borders. Columns that begin too close to the edge are left out, and the last one that stays is cut off there:
/// nothing wraps. The most useful columns come first.
/// </summary>
internal sealed class Lines(params string[] titles)
{
    private const int Gap = 2;
    private const int Narrowest = 8;

    private readonly List<Cell[]> _rows = [];

    public void Add(params Cell[] cells) => _rows.Add([.. cells.Select(cell => cell with { Text = Plain.LineOf(cell.Text ?? "-") })]);

    public IRenderable For(int width)
    {
        int[] widths = Fit([.. titles.Select((title, column) => _rows.Select(row => row[column].Text!.Length).Append(title.Length).Max())], width);
        Cell[] header = [.. titles.Select(title => new Cell(title, new Style(decoration: Decoration.Bold)))];
        return new Rows(_rows.Prepend(header).Select(row => Line(row, widths)));
    }

    private static int[] Fit(int[] widths, int room)
    {
        int start = 0;
        List<int> fitting = [];
        foreach (int width in widths)
        {
            if (fitting.Count > 0 && room - start < Math.Min(width, Narrowest))
                break;

            fitting.Add(Math.Min(width, Math.Max(1, room - start)));
            start += width + Gap;
        }

        return [.. fitting];
    }

    private static Paragraph Line(Cell[] row, int[] widths)
    {
        Paragraph line = new();
        for (int column = 0; column < widths.Length; column++)
        {
            string text = Cut(row[column].Text!, widths[column]);
            line.Append(text, row[column].Style ?? Style.Plain);
            if (column < widths.Length - 1)
                line.Append(new string(' ', widths[column] - text.Length + Gap));
        }

        return line;
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    /// <summary>A value and how it looks.</summary>
    internal sealed record Cell(string? Text, Style? Style = null)
    {
        public static implicit operator Cell(string? text) => new(text);
    }
}
