using Spectre.Console.Rendering;
using Spectre.Console;

namespace BatchGateway.Cli.Output;

/// <summary>Files at the gateway, for people.</summary>
internal static class FileViews
{
    public static IRenderable One(BatchFile file, TimeProvider clock) => Views.Labelled()
        .Row("File", file.Id, new Style(decoration: Decoration.Bold))
        .Row("Name", file.Filename)
        .Row("Size", Words.Bytes(file.Bytes))
        .Row("Purpose", file.Purpose.ToString())
        .Row("Status", file.Status.ToString())
        .Row("Created", file.CreatedAt is { } created ? Words.Moment(created, clock) : null)
        .Row("Expires", file.ExpiresAt is { } expires ? Words.Moment(expires, clock) : null);

    public static IRenderable Many(IReadOnlyList<BatchFile> files, TimeProvider clock)
    {
        if (files.Count == 0)
            return new Text("There are no files.\n");

        Table table = Views.Table("FILE", "SIZE", "PURPOSE", "CREATED", "NAME");
        foreach (BatchFile file in files)
            table.AddRow(
                Views.Cell(file.Id),
                Views.Cell(Words.Bytes(file.Bytes)),
                Views.Cell(file.Purpose.ToString()),
                Views.Cell(Words.Ago(file.CreatedAt, clock)),
                Views.Cell(file.Filename));
        return table;
    }
}
