using System.Text;
using BatchGateway.Emulator;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>The tables at the end of <c>docs/testing.md</c>, written from what was observed.</summary>
internal static class MisfortunePage
{
    private const string Open = "<!-- misfortunes -->";
    private const string Close = "<!-- /misfortunes -->";

    public static async Task AssertDocumentedAsync()
    {
        string path = Path.Combine(SourceTree.Root, "docs", "testing.md");
        string page = await File.ReadAllTextAsync(path);
        int start = page.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        int end = page.IndexOf(Close, StringComparison.Ordinal);
        string tables = await RenderAsync();
        if (Environment.GetEnvironmentVariable("BATCHCLIENT_ACCEPT_DOCS") == "1")
            await File.WriteAllTextAsync(path, page[..start] + tables + page[end..]);
        else
            Assert.That(page[start..end], Is.EqualTo(tables), "Run the tests once with BATCHCLIENT_ACCEPT_DOCS=1 to write the tables anew.");
    }

    private static async Task<string> RenderAsync()
    {
        StringBuilder text = new("\n");
        foreach (MisfortuneTable table in MisfortuneTable.All)
        {
            text.Append($"### {table.Title}\n\n{table.Sentence}\n\n");
            text.Append("| what happens | what the client does | what the user sees | lines lost | batches created twice |\n|---|---|---|---|---|\n");
            foreach (IGrouping<Observed, string> row in (await RowsAsync(table)).GroupBy(row => row.Observed, row => row.Name))
                text.Append($"| {string.Join("; ", row)} | {row.Key.Did} | {row.Key.Sees} | {row.Key.LinesLost} | {row.Key.CreatedTwice} |\n");
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Every misfortune of a table; on gateways that end differently it stands once for each way.</summary>
    private static async Task<List<(string Name, Observed Observed)>> RowsAsync(MisfortuneTable table)
    {
        List<(string, Observed)> rows = [];
        foreach (Misfortune misfortune in table.Rows)
        {
            List<(EmulatorPersonality Personality, Observed Observed)> seen = [];
            foreach (EmulatorPersonality personality in misfortune.On)
                seen.Add((personality, await Lives.OfAsync(misfortune, personality)));
            IGrouping<Observed, EmulatorPersonality>[] ways = [.. seen.GroupBy(one => one.Observed, one => one.Personality)];
            rows.AddRange(ways.Select(way => (ways.Length == 1 ? misfortune.Name : $"{misfortune.Name} ({string.Join(", ", way)})", way.Key)));
        }

        return rows;
    }
}
