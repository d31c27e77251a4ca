using System.Text.Json;
using BatchGateway.Benchmarks.UserTypes;

namespace BatchGateway.Benchmarks.Compare;

/// <summary>What stands in a file of request lines; both sides of a pair must have written the same.</summary>
internal readonly record struct WrittenTotals(int Lines, long Ids, long Text)
{
    public static WrittenTotals Of(string path)
    {
        WrittenTotals totals = default;
        foreach (string text in File.ReadLines(path))
        {
            RequestLine line = JsonSerializer.Deserialize(text, UserJson.Default.RequestLine)!;
            long length = line.Body.Messages.Sum(message => message.Content.Length);
            totals = new(totals.Lines + 1, totals.Ids + line.CustomId.Length, totals.Text + length);
        }

        return totals;
    }
}
