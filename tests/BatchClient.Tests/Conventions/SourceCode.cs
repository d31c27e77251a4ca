using System.Text.RegularExpressions;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Conventions;

/// <summary>One file of the sources, without its comments.</summary>
internal sealed partial record SourceCode(string Path, string[] Lines)
{
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The files below a folder of the repository; paths are relative to it, with slashes.</summary>
    public static IEnumerable<SourceCode> In(string folder) => SourceTree.CodeIn(folder).Select(path => new SourceCode(
        System.IO.Path.GetRelativePath(SourceTree.Root, path).Replace(System.IO.Path.DirectorySeparatorChar, '/'),
        [.. File.ReadLines(path).Select(line => Comment().Replace(line, ""))]));

    /// <summary>The places where a pattern is met, as <c>path:line: text</c>.</summary>
    public IEnumerable<string> Find(Regex pattern) => Lines
        .Select((line, i) => (Line: line, Number: i + 1))
        .Where(place => pattern.IsMatch(place.Line))
        .Select(place => $"{Path}:{place.Number}: {place.Line.Trim()}");

    [GeneratedRegex(@"(^|\s)//.*$")]
    private static partial Regex Comment();
}
