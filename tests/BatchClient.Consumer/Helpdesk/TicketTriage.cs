using BatchGateway;
using Microsoft.Extensions.Logging;

namespace Helpdesk;

/// <summary>Has a model read the tickets of a day, all in one batch, and says which team each of them is for.</summary>
public sealed class TicketTriage(IBatchClient gateway, TriageOptions options, ILogger<TicketTriage> logger)
{
    private const string Instructions = "You sort the tickets of a helpdesk. Read the ticket and say who should answer it.";

    private readonly BatchReferences _references = new(options.Folder);

    /// <summary>Triages these tickets once: a second call of the same name goes on with the first one's batch, in this process or the next.</summary>
    /// <param name="name">The name of the triage, such as the day. The same name means the same tickets; one call at a time.</param>
    /// <param name="tickets">The tickets.</param>
    /// <param name="cancellationToken">Ends the wait, not the batch.</param>
    /// <exception cref="BatchWaitTimeoutException">The deadline has passed. The batch goes on; call again.</exception>
    /// <exception cref="AmbiguousCreateException">There may be a batch, and it cannot be found. Somebody has to look.</exception>
    /// <exception cref="BatchClientException">The gateway does not do it, and the message says why.</exception>
    public async Task<TriageReport> TriageAsync(string name, IReadOnlyCollection<Ticket> tickets, CancellationToken cancellationToken = default)
    {
        if (tickets.Count == 0)
            return new TriageReport([], []);

        BatchOperation batch = Resume(name) ?? await SubmitAsync(name, tickets, cancellationToken);
        Batch end = await batch.WaitAsync(new WaitOptions { Timeout = options.Deadline }, cancellationToken: cancellationToken);
        _references.Save(name, batch.Reference);
        logger.LogInformation("Triage {Name} is at its end: batch {BatchId} is {Status}.", name, end.Id, end.Status);

        return await ReadAsync(batch, tickets, cancellationToken);
    }

    private BatchOperation? Resume(string name)
    {
        if (_references.Find(name) is not { } reference)
            return null;

        logger.LogInformation("Triage {Name} goes on with batch {BatchId}.", name, reference.BatchId ?? "(not known yet)");
        return gateway.Attach(reference);
    }

    private async Task<BatchOperation> SubmitAsync(string name, IReadOnlyCollection<Ticket> tickets, CancellationToken cancellationToken)
    {
        PreparedBatch prepared = await gateway.PrepareAsync(tickets.Select(ticket => LineOf(ticket, options)), new SubmitOptions { JobName = name }, cancellationToken);
        BatchOperation batch = await CreateAsync(name, prepared, cancellationToken);
        logger.LogInformation("Triage {Name} has {Count} tickets in batch {BatchId}.", name, prepared.LineCount, batch.BatchId);
        return batch;
    }

    private async Task<BatchOperation> CreateAsync(string name, PreparedBatch prepared, CancellationToken cancellationToken)
    {
        // Before the create, for that costs money: whoever comes after a crash looks for this batch and makes no second one.
        _references.Save(name, prepared.Reference);
        BatchOperation batch;
        try
        {
            batch = await prepared.CreateAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is not AmbiguousCreateException)
        {
            // It is certain that there is no batch, so the next call may submit.
            _references.Forget(name);
            throw;
        }

        _references.Save(name, batch.Reference);
        return batch;
    }

    internal static BatchRequestLine LineOf(Ticket ticket, TriageOptions options) => BatchRequestLine.Chat(
        ticket.Id, options.Model, $"{ticket.Subject}\n\n{ticket.Text}", HelpdeskJson.Default.Verdict, system: Instructions);

    private static async Task<TriageReport> ReadAsync(
        BatchOperation batch, IReadOnlyCollection<Ticket> tickets, CancellationToken cancellationToken)
    {
        List<TriagedTicket> triaged = [];
        List<UntriagedTicket> untriaged = [];
        await foreach (BatchOutcome<Ticket, Verdict> outcome in batch.ReadOutcomesAsync(
            tickets, ticket => ticket.Id, HelpdeskJson.Default.Verdict, cancellationToken: cancellationToken))
        {
            if (outcome is { Succeeded: true, Result: { } verdict })
                triaged.Add(new TriagedTicket(outcome.Item, verdict));
            else
                untriaged.Add(new UntriagedTicket(outcome.Item, $"{outcome.Kind}: {outcome.Error}"));
        }

        return new TriageReport(triaged, untriaged);
    }
}
