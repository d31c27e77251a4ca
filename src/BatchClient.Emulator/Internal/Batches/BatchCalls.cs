using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>The calls on batches.</summary>
internal sealed class BatchCalls(BatchStore batches, FileStore files, CreateLog creates, Habits habits, EmulatorClock clock, TimeSpan listDelay)
{
    private readonly BatchJson _json = new(habits);

    public async Task<Reply> CreateAsync(Exchange exchange, string id)
    {
        CreateBatchCommand command = await CreateBatchCommand.ReadAsync(exchange, habits.Create).ConfigureAwait(false);
        EmulatedFile input = RequireInput(exchange, command);
        EmulatedBatch batch = batches.Add(input, command);
        creates.Add(new CreateEntry(batch.Id, input.Id, exchange.Header(GatewayHeaderNames.IdempotencyKey), command.Intent));

        Reply reply = Answer(batch);
        return FirstModel(input) is { } model ? reply.With(GatewayHeaderNames.ResolvedModel, model) : reply;
    }

    public Task<Reply> GetAsync(Exchange exchange, string id) => Task.FromResult(Answer(Require(exchange, id)));

    public Task<Reply> ListAsync(Exchange exchange, string id)
    {
        DateTimeOffset now = clock.GetUtcNow();
        IEnumerable<EmulatedBatch> visible = batches.All()
            .Where(batch => batch.Provider == exchange.Provider && batch.CreatedAt + listDelay <= now);
        Reply page = ListQuery.ForBatches(exchange).Page(visible, batch => batch.Id, (json, batch) => _json.Write(json, batches.Look(batch)));
        return Task.FromResult(page);
    }

    /// <summary>The output's lines as one array; an empty one when the batch is over and has no output.</summary>
    public Task<Reply> OutputAsync(Exchange exchange, string id)
    {
        BatchSnapshot batch = batches.Look(Require(exchange, id));
        if (!batch.State.IsEnd())
            throw new RefusedException(400, $"The output of a batch with status '{habits.Status(batch.State)}' is not available.");
        return Task.FromResult(new Reply(200, "application/json", JsonArrayBody.Of(OutputPath(exchange, batch))));
    }

    public Task<Reply> CancelAsync(Exchange exchange, string id)
    {
        EmulatedBatch batch = Require(exchange, id);
        if (batches.TryCancel(batch))
            return Task.FromResult(Answer(batch));
        string status = habits.Status(batches.Look(batch).State);
        throw new RefusedException(409, $"Cannot cancel a batch with status '{status}'.");
    }

    private EmulatedBatch Require(Exchange exchange, string id) =>
        batches.Find(id, exchange.Provider) ?? throw new RefusedException(404, $"No batch found with id '{id}'.");

    private EmulatedFile RequireInput(Exchange exchange, CreateBatchCommand command)
    {
        EmulatedFile file = files.Find(command.InputFileId, exchange.Provider)
            ?? throw new RefusedException(400, $"No such File object: {command.InputFileId}", "input_file_id", "invalid_value");
        if (FileStatus.Of(file, clock.GetUtcNow(), habits.FilePendingFor) == FileStatus.Pending)
            throw new RefusedException(400, NotProcessed(file), "input_file_id", "invalid_value");
        if (habits.Create.RequiresBatchPurpose && file.Purpose != FilePurposes.Batch)
            throw new RefusedException(400, $"The input file has purpose '{file.Purpose}'; it must be 'batch'.", "input_file_id", "invalid_value");
        return file;
    }

    private string? OutputPath(Exchange exchange, BatchSnapshot batch)
    {
        if (batch.OutputFileId is not { } fileId)
            return null;
        EmulatedFile? output = files.Find(fileId, exchange.Provider);
        return output?.Path ?? throw new RefusedException(404, $"No such File object: {fileId}", "id");
    }

    private Reply Answer(EmulatedBatch batch)
    {
        BatchSnapshot snapshot = batches.Look(batch);
        return Reply.Json(json => _json.Write(json, snapshot));
    }

    private static string NotProcessed(EmulatedFile file) =>
        $"The input file '{file.Id}' is in 'pending' state. Only files with status 'Processed' are accepted for batch inferencing.";

    private static string? FirstModel(EmulatedFile input)
    {
        try
        {
            using JsonlReader reader = new(input.Path);
            if (!reader.TryRead(out ReadOnlyMemory<byte> line))
                return null;
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ObjectOrNull("body")?.StringOrNull("model");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
