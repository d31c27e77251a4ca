using System.Text.RegularExpressions;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Conventions;

/// <summary>A page of the documentation.</summary>
/// <param name="Path">Its place in the repository, with slashes.</param>
/// <param name="Lines">Its text.</param>
internal sealed partial record Page(string Path, string[] Lines)
{
    private const string Fence = "```";

    private static readonly string[] Folders = ["docs", "samples", "src", "tests"];

    /// <summary>Every page of the repository.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. Directory.GetFiles(SourceTree.Root, "*.md")
            .Concat(Folders.SelectMany(folder => Directory.GetFiles(System.IO.Path.Combine(SourceTree.Root, folder), "*.md", SearchOption.AllDirectories)))
            .Select(Read)
            .Where(page => !page.Path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .OrderBy(page => page.Path, StringComparer.Ordinal),
    ];

    /// <summary>The pieces of code.</summary>
    public IReadOnlyList<CodeBlock> Code => Split().Code;

    /// <summary>The lines that are not code.</summary>
    public IReadOnlyList<string> Prose => Split().Prose;

    /// <summary>What a link into the page may name: its headings, as the hosts of repositories write them.</summary>
    public IReadOnlyList<string> Anchors =>
    [
        .. Prose.Select(line => Heading().Match(line)).Where(match => match.Success).Select(match => Slug(match.Groups["text"].Value))
            .GroupBy(slug => slug).SelectMany(same => same.Select((slug, i) => i == 0 ? slug : $"{slug}-{i}")),
    ];

    public static Page Read(string path) => new(System.IO.Path.GetRelativePath(SourceTree.Root, path).Replace('\\', '/'), File.ReadAllLines(path));

    private (IReadOnlyList<CodeBlock> Code, IReadOnlyList<string> Prose) Split()
    {
        List<CodeBlock> code = [];
        List<string> prose = [];
        for (int i = 0; i < Lines.Length; i++)
        {
            if (!IsFence(Lines[i]))
            {
                prose.Add(Lines[i]);
                continue;
            }

            int end = Array.FindIndex(Lines, i + 1, IsFence);
            if (end < 0)
                throw new InvalidOperationException($"{Path}: the code that begins in line {i + 1} has no end.");
            code.Add(new CodeBlock(Lines[i].Trim()[Fence.Length..], i + 1, Lines[(i + 1)..end]));
            i = end;
        }

        return (code, prose);
    }

    private static bool IsFence(string line) => line.TrimStart().StartsWith(Fence, StringComparison.Ordinal);

    private static string Slug(string heading)
    {
        string text = LinkText().Replace(heading, "${text}").Trim();
        return string.Concat(text.Where(sign => char.IsLetterOrDigit(sign) || sign is ' ' or '-' or '_').Select(char.ToLowerInvariant)).Replace(' ', '-');
    }

    [GeneratedRegex(@"^#{1,6}\s+(?<text>.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();
}
