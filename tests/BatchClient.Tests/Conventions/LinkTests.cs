using System.Text.RegularExpressions;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Conventions;

/// <summary>Where the pages point, there is something: a file, and in it the heading.</summary>
public sealed partial class LinkTests
{
    private static IEnumerable<TestCaseData> Pages => Page.All.Select(page => new TestCaseData(page.Path).SetArgDisplayNames(page.Path));

    [TestCaseSource(nameof(Pages))]
    public void Page_RelativeLink_LeadsToAFile(string path)
    {
        IEnumerable<string> broken = RelativeLinks(path).Where(link => !Path.Exists(link.File)).Select(link => link.Text);

        Assert.That(broken, Is.Empty, "no such file: a path is relative to the page");
    }

    [TestCaseSource(nameof(Pages))]
    public void Page_LinkIntoAPage_LeadsToAHeading(string path)
    {
        IEnumerable<string> broken = RelativeLinks(path)
            .Where(link => link.Anchor.Length > 0 && File.Exists(link.File) && !Page.Read(link.File).Anchors.Contains(link.Anchor))
            .Select(link => link.Text);

        Assert.That(broken, Is.Empty, "no such heading: it is written in small letters, with a hyphen for a space and nothing for other signs");
    }

    [TestCase("# Docs for people", "docs-for-people")]
    [TestCase("## When a create is *ambiguous*", "when-a-create-is-ambiguous")]
    [TestCase("### `WaitAsync`, and what it does?", "waitasync-and-what-it-does")]
    public void Page_Heading_IsFoundAsAnAnchor(string heading, string anchor) =>
        Assert.That(new Page("page.md", [heading, "text"]).Anchors, Is.EqualTo(new[] { anchor }));

    [Test]
    public void Page_HeadingsAlike_AreNumbered() =>
        Assert.That(new Page("page.md", ["# Same", "# Same", "```", "# a comment in code", "```"]).Anchors, Is.EqualTo(new[] { "same", "same-1" }));

    private static IEnumerable<(string Text, string File, string Anchor)> RelativeLinks(string path)
    {
        string full = Path.Combine(SourceTree.Root, path);
        foreach (Match match in Page.Read(full).Prose.SelectMany(line => Link().Matches(line)))
        {
            string target = match.Groups["target"].Value;
            if (Uri.TryCreate(target, UriKind.Absolute, out _))
                continue;

            string[] parts = Uri.UnescapeDataString(target).Split('#', 2);
            string file = parts[0].Length == 0 ? full : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(full)!, parts[0]));
            yield return (target, file, parts.Length == 2 ? parts[1] : "");
        }
    }

    [GeneratedRegex("""\]\((?<target>[^)\s]+)[^)]*\)|\b(src|href|srcset)="(?<target>[^"]+)"|^\[[^\]]+\]:\s+(?<target>\S+)""")]
    private static partial Regex Link();
}
