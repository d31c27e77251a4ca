namespace BatchGateway.Tests.Snippets;

public sealed class ErrorSnippets
{
    [Test]
    public async Task Submit_AnswerIsLost_ThePersonIsTold()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        fixture.Emulator.OnCreateBatch.LoseAnswer();
        List<string> alerts = [];

        string? id = await SubmitAsync(fixture.Gateway, Fixture.Lines, alerts.Add);

        Assert.That(id, Is.Null);
        Assert.That(alerts, Has.Count.EqualTo(1));
        Assert.That(fixture.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Cancel_GatewayHasNoCancel_IsSaid()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        BatchOperation operation = await fixture.Gateway.SubmitAsync(Fixture.Lines);

        bool asked = await TryCancelAsync(operation);

        Assert.That(asked, Is.False);
    }

    private static async Task<string?> SubmitAsync(IBatchClient gateway, IEnumerable<BatchRequestLine> lines, Action<string> alert)
    {
        try
        {
            BatchOperation operation = await gateway.SubmitAsync(lines);
            return operation.BatchId;
        }
        catch (AmbiguousCreateException exception)
        {
            // There may be a batch that is being paid for. Do not submit again; let somebody look.
            alert($"Open create: file {exception.InputFileId}, provider {exception.Provider}, sent {exception.SentAt:u}, intent {exception.Intent}");
            return null;
        }
        catch (BatchClientException exception)
        {
            // Anything else means that there is no batch. The message says what to do.
            alert(exception.Message);
            return null;
        }
    }

    private static async Task<bool> TryCancelAsync(BatchOperation operation)
    {
        try
        {
            await operation.CancelAsync();
            return true;
        }
        catch (BatchApiException exception) when (exception.IsRouteUnsupported)
        {
            return false;   // This gateway has no cancel; the batch runs to its end.
        }
    }
}
