using System.Text;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Promises;

/// <summary>The table of <c>docs/errors-and-retries.md</c>, written from the rows that the tests run.</summary>
internal static class CreateTable
{
    private static readonly DocsSection Section = new("errors-and-retries.md", "create-table");

    public static Task AssertDocumentedAsync() => Section.AssertAsync(Render());

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
