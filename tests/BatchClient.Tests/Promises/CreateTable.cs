using System.Text;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Promises;

/// <summary>The table of <c>docs/errors-and-retries.md</c>, written from the rows that the tests run.</summary>
internal static class CreateTable
{
    private const string Open = "<!-- create-table -->";
    private const string Close = "<!-- /create-table -->";

    public static void AssertDocumented()
    {
        string path = Path.Combine(SourceTree.Root, "docs", "errors-and-retries.md");
        string page = File.ReadAllText(path);
        int start = page.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        int end = page.IndexOf(Close, StringComparison.Ordinal);
        string table = $"\n{Render()}";
        if (Environment.GetEnvironmentVariable("BATCHCLIENT_ACCEPT_DOCS") == "1")
            File.WriteAllText(path, page[..start] + table + page[end..]);
        else
            Assert.That(page[start..end], Is.EqualTo(table), "Run the tests once with BATCHCLIENT_ACCEPT_DOCS=1 to write the table anew.");
    }

    private static string Render()
    {
        StringBuilder table = new("""
            | what happens | on the wire | batches made | `Batches.CreateAsync` | `SubmitAsync`, list on or 30 s late | `SubmitAsync`, no list |
            |---|---|---|---|---|---|

            """);
        foreach (CreateRow row in CreateRow.All)
            table.Append($"| {row.Name} | {row.Posts ?? 0} | {row.Made} | {Alone(row)} | {WithList(row)} | {Alone(row)} |\n");
        return table.ToString();
    }

    private static string WithList(CreateRow row) => row is { Ends: CreateEnd.Unknown, Made: 1 } ? "that batch, found in the list" : Alone(row);

    private static string Alone(CreateRow row) => row.Ends switch
    {
        CreateEnd.Batch => "the batch",
        CreateEnd.NotSent => "`BatchConnectionException`",
        CreateEnd.Refused => "`BatchApiException`",
        _ => "`AmbiguousCreateException`",
    };
}
