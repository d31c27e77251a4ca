namespace BatchGateway.Tests.Snippets;

public sealed record Question(string Id, string Text);

public sealed class Faq(IBatchClient gateway)
{
    public async Task AnswerAsync(IReadOnlyList<Question> questions)
    {
        BatchOperation operation = await gateway.SubmitAsync(
            questions.Select(question => BatchRequestLine.Chat(question.Id, "gpt-4o-mini", question.Text)));

        Batch end = await operation.WaitAsync();
        Console.WriteLine($"{end.Id} is {end.Status}: {end.RequestCounts?.Completed} of {end.RequestCounts?.Total} lines");

        await foreach (BatchOutcome<Question, string?> outcome in operation.ReadOutcomesAsync(
            questions, question => question.Id, line => line.ChatText))
        {
            Console.WriteLine(outcome.Succeeded
                ? $"{outcome.Item.Text} -> {outcome.Result}"
                : $"{outcome.Item.Text} -> {outcome.Kind}: {outcome.Error}");
        }
    }
}
