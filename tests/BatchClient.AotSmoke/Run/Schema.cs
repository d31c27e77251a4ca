using System.Text;
using System.Text.Json;

namespace BatchGateway.AotSmoke;

/// <summary>Lines that ask for a type by its schema, and outcomes that are read as it.</summary>
internal static class Schema
{
    public static async Task<int> CountVerdictsAsync(IBatchClient gateway)
    {
        // Descriptions are attributes, which a trimmer may take away.
        if (!TextOf(LineOf(Question.All[0])).Contains("Good or bad.", StringComparison.Ordinal))
            return 0;

        BatchOperation operation = await gateway.SubmitAsync(Question.All.Select(LineOf));
        (await operation.WaitAsync()).EnsureCompleted();

        int verdicts = 0;
        await foreach (BatchOutcome<Question, Verdict> outcome in operation.ReadOutcomesAsync(
            Question.All, question => question.Id, SmokeJson.Default.Verdict))
        {
            verdicts += outcome is { Succeeded: true, Result.Label: not null } ? 1 : 0;
        }

        return verdicts;
    }

    private static BatchRequestLine LineOf(Question question) =>
        BatchRequestLine.Chat(question.Id, "gpt-4o-mini", question.Text, SmokeJson.Default.Verdict, system: "Rate it.");

    private static string TextOf(BatchRequestLine line)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
            line.WriteTo(writer);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
