namespace BatchGateway.AotSmoke;

/// <summary>The life of a batch, from typed questions to typed answers.</summary>
internal sealed class Life(IBatchClient gateway)
{
    /// <summary>Lines and results with bodies in types of one's own; a reference in between, as over a restart.</summary>
    public async Task<int> CountCompletionsAsync()
    {
        PreparedBatch prepared = await gateway.PrepareAsync(Question.All.Select(question => BatchRequestLine.Create(
            question.Id, BatchEndpoint.ChatCompletions, Prompt.Of(question), SmokeJson.Default.Prompt)));
        BatchOperation created = await prepared.CreateAsync();

        BatchOperation operation = gateway.Attach(BatchReference.FromJson(created.Reference.ToJson()));
        (await operation.WaitAsync()).EnsureCompleted();

        int completions = 0;
        await foreach (BatchOutcome<Question, Completion?> outcome in operation.ReadOutcomesAsync(
            Question.All, question => question.Id, line => line.ReadBody(SmokeJson.Default.Completion)))
        {
            completions += outcome is { Succeeded: true, Result: { } completion } && completion.Text.EndsWith(outcome.Item.Text, StringComparison.Ordinal) ? 1 : 0;
        }

        return completions;
    }
}
