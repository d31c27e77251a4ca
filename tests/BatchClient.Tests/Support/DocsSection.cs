namespace BatchGateway.Tests.Support;

/// <summary>A part of a page in <c>docs</c> that a test writes, between two comments that name it.</summary>
/// <param name="file">The page's file name.</param>
/// <param name="name">The part's name.</param>
internal sealed class DocsSection(string file, string name)
{
    /// <summary>Fails when the page says something else; writes it instead where the run is told to.</summary>
    public async Task AssertAsync(string text)
    {
        string path = Path.Combine(SourceTree.Root, "docs", file);
        string page = await File.ReadAllTextAsync(path);
        string open = $"<!-- {name} -->";
        int start = page.IndexOf(open, StringComparison.Ordinal) + open.Length;
        int end = page.IndexOf($"<!-- /{name} -->", StringComparison.Ordinal);
        string expected = $"\n{text}";
        if (Environment.GetEnvironmentVariable("BATCHCLIENT_ACCEPT_DOCS") == "1")
            await File.WriteAllTextAsync(path, page[..start] + expected + page[end..]);
        else
            Assert.That(page[start..end], Is.EqualTo(expected), Advice(page[start..end], expected));
    }

    private string Advice(string old, string expected)
    {
        IEnumerable<string> lines = expected.Split('\n').Except(old.Split('\n')).Take(10);
        return $"Run the tests once with BATCHCLIENT_ACCEPT_DOCS=1 to write {file} anew. It does not have:\n{string.Join('\n', lines)}";
    }
}
