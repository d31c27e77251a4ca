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
            List<Row> rows = await RowsAsync(table);
            bool differ = rows.Exists(row => row.Gateway.Length > 0);
            text.Append($"### {table.Title}\n\n{table.Sentence}\n\n");
            text.Append($"| what happens |{(differ ? " gateway |" : "")} what the client does | what the user sees | ");
            text.Append("lines lost | batches created twice |\n");
            text.Append($"|---|{(differ ? "---|" : "")}---|---|---|---|\n");
            foreach (IGrouping<(string, Observed), string> row in rows.GroupBy(row => (row.Gateway, row.Observed), row => row.Name))
                text.Append(Write(row.Key.Item1, row.Key.Item2, string.Join("; ", row), differ));
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Write(string gateway, Observed observed, string names, bool differ)
    {
        string where = differ ? $" {(gateway.Length == 0 ? "all" : gateway)} |" : "";
        return $"| {names} |{where} {observed.Did} | {observed.Sees} | {observed.LinesLost} | {observed.CreatedTwice} |\n";
    }

    /// <summary>Every misfortune of a table: once, or once for each way in which it ends.</summary>
    private static async Task<List<Row>> RowsAsync(MisfortuneTable table)
    {
        List<Row> rows = [];
        foreach (IGrouping<string, Misfortune> same in table.Rows.GroupBy(row => row.Name))
        {
            List<(string? To, EmulatorPersonality Personality, Observed Observed)> seen = [];
            foreach (Misfortune misfortune in same)
            {
                foreach (EmulatorPersonality personality in misfortune.On)
                    seen.Add((misfortune.To, personality, await Lives.OfAsync(misfortune, personality)));
            }

            rows.AddRange(
                from one in seen
                group one by one.Observed into way
                select new Row(NameOf(same, [.. way.Select(one => one.To)]), GatewaysOf([.. way.Select(one => one.Personality)]), way.Key));
        }

        return rows;
    }

    private static string NameOf(IGrouping<string, Misfortune> same, HashSet<string?> to) =>
        to.Count == 1 && to.Single() is { } one ? $"{same.Key}, {one}" : same.Key;

    private static string GatewaysOf(HashSet<EmulatorPersonality> personalities) =>
        personalities.Count == Enum.GetValues<EmulatorPersonality>().Length ? "" : string.Join(", ", personalities.Order());

    private readonly record struct Row(string Name, string Gateway, Observed Observed);
}
