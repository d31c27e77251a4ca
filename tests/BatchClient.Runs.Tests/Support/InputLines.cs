using System.Text;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>Inputs for tests, and their bytes.</summary>
internal static class InputLines
{
    /// <summary>Lines with ids from <c>id-0</c> on.</summary>
    public static IEnumerable<BatchRequestLine> Some(int count, int size = 20, int from = 0) =>
        Enumerable.Range(from, count).Select(number => Line($"id-{number}", new string('x', size) + number));

    public static BatchRequestLine Line(string id, string user = "hello") => BatchRequestLine.Chat(id, "gpt-4o-mini", user);

    public static BatchRequestLine Json(string json) => BatchRequestLine.FromJson(Encoding.UTF8.GetBytes(json));

    public static async IAsyncEnumerable<BatchRequestLine> ToAsync(this IEnumerable<BatchRequestLine> lines)
    {
        await Task.Yield();
        foreach (BatchRequestLine line in lines)
            yield return line;
    }

    /// <summary>Lines, and then a failure.</summary>
    public static async IAsyncEnumerable<BatchRequestLine> ThenFail(this IEnumerable<BatchRequestLine> lines, Exception failure)
    {
        await Task.Yield();
        foreach (BatchRequestLine line in lines)
            yield return line;
        throw failure;
    }
}
