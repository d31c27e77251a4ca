using Spectre.Console;
using Spectre.Console.Rendering;

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

    public static IRenderable Many(IReadOnlyList<BatchFile> files, TimeProvider clock, int width)
    {
        if (files.Count == 0)
            return new Text("There are no files.\n");

        Lines lines = new("FILE", "SIZE", "PURPOSE", "AGE", "NAME");
        foreach (BatchFile file in files)
            lines.Add(file.Id, Words.Bytes(file.Bytes), file.Purpose.ToString(), Words.Age(file.CreatedAt, clock), file.Filename);
        return lines.For(width);
    }
}
