using System.Text.Json;
using BatchGateway;
using BatchGateway.Runs;

namespace Helpdesk;

/// <summary>Has a model read the tickets of years, in as many batches as it takes.</summary>
public sealed class ArchiveTriage(IBatchRuns runs, TriageOptions options)
{
    /// <summary>Triages these tickets once: a second call of the same name goes on where the first one stood, in this process or the next.</summary>
    /// <param name="name">The name of the triage. The same name means the same tickets.</param>
    /// <param name="tickets">The tickets.</param>
    /// <param name="cancellationToken">Ends the call; its batches go on.</param>
    /// <returns>What the model says, by the tickets' ids; those that it does not answer are left out.</returns>
    public async Task<IReadOnlyDictionary<string, Verdict>> TriageAsync(
        string name, IEnumerable<Ticket> tickets, CancellationToken cancellationToken = default)
    {
        IEnumerable<BatchRequestLine> lines = tickets.Select(ticket => TicketTriage.LineOf(ticket, options));
        await runs.RunAsync(new BatchRunRequest(name, lines) { Limits = new BatchLimits { MaxLines = 10 } }, cancellationToken: cancellationToken);

        Dictionary<string, Verdict> verdicts = [];
        await foreach (BatchResultLine line in runs.ReadResultsAsync(name, cancellationToken))
        {
            if (line is { Kind: BatchOutcomeKind.Succeeded, ChatText: { } text } && JsonSerializer.Deserialize(text, HelpdeskJson.Default.Verdict) is { } verdict)
                verdicts.Add(line.CustomId!, verdict);
        }

        return verdicts;
    }
}
