using System.Globalization;

namespace BatchGateway.Runs.Internal;

/// <summary>Brings in a batch that has ended: its result files become blobs, every line gets an outcome, and what is worth it a new shard.</summary>
/// <param name="blobs">Where the run's bytes are.</param>
/// <param name="clock">Decides how long a minute is.</param>
internal sealed class ShardHarvest(IBlobStore blobs, TimeProvider clock)
{
    /// <summary>Harvests the batch of a shard. May be repeated until its transition is applied.</summary>
    /// <exception cref="BatchClientException">The results could not be had whole, and nothing was concluded.</exception>
    /// <exception cref="InvalidOperationException">The shard is not one whose batch has ended and that is still to be harvested.</exception>
    public async Task<Harvest> RunAsync(HarvestRequest request, CancellationToken cancellationToken)
    {
        if (request.Shard.State != ShardState.Terminal)
            throw new InvalidOperationException(
                $"Shard {request.Shard.Number} is {request.Shard.State}: only what is {ShardState.Terminal} can be harvested.");

        await RemoveVoidAsync(request.Shard, cancellationToken).ConfigureAwait(false);
        HarvestTable table = await LinesOfAsync(request.Shard, cancellationToken).ConfigureAwait(false);
        try
        {
            RetryRules rules = new(request);
            EndedBatch ended = new(blobs, clock, request, table, rules);
            Batch batch = await ended.ReadAsync(cancellationToken).ConfigureAwait(false);
            OwnResults own = new(request.Shard);
            new SilentLines(table, rules, own).Settle(batch, ended.Unknown);
            await own.PublishAsync(blobs, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<NewShard> retries = await new RetryShards(blobs, request, table).WriteAsync(cancellationToken).ConfigureAwait(false);
            return new Harvest(table, retries, CountsOf(table) with { Duplicates = ended.Duplicates, Unknown = ended.Unknown, Bytes = ended.Bytes });
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Gives every line of a shard whose batch is not read one outcome, for one reason.</summary>
    public async Task<Harvest> GiveUpAsync(ShardRow shard, BatchOutcomeKind kind, BatchError reason, CancellationToken cancellationToken)
    {
        HarvestTable table = await LinesOfAsync(shard, cancellationToken).ConfigureAwait(false);
        try
        {
            OwnResults own = new(shard);
            table.SayOfRest(own.Entry(kind, RetryVerdict.Final, reason));
            await own.PublishAsync(blobs, cancellationToken).ConfigureAwait(false);
            return new Harvest(table, [], CountsOf(table));
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Removes what harvests under earlier claims have left. The shard was not harvested when this claim was given, and what they do is void
    /// since then: no outcome can point to it.
    /// </summary>
    private async Task RemoveVoidAsync(ShardRow shard, CancellationToken cancellationToken)
    {
        foreach (string folder in new[] { ResultBlob.FolderOf(shard.Number), InputBlobs.RetriesOf(shard.Number) })
        {
            foreach (string name in await blobs.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                if (FenceOf(name) < shard.Fence)
                    await blobs.DeleteAllAsync($"{folder}/{name}", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Every name behind these folders begins with the fence.
    private static long FenceOf(string name) => long.Parse(name.Split('-')[0], CultureInfo.InvariantCulture);

    private async Task<HarvestTable> LinesOfAsync(ShardRow shard, CancellationToken cancellationToken)
    {
        HarvestTable table = new(shard.Lines);
        try
        {
            await foreach (ShardLine line in ShardLines.ReadAsync(blobs, shard, cancellationToken).ConfigureAwait(false))
                table.Add(line.Sequence, line.CustomId.Span);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private static HarvestCounts CountsOf(HarvestTable table)
    {
        Dictionary<BatchOutcomeKind, long> lines = [];
        (long Lines, long Input, long Output)[] usage = new (long, long, long)[table.Models.Count];
        long retried = 0;
        for (int entry = 0; entry < table.Count; entry++)
        {
            HarvestEntry line = table[entry];
            lines[line.Kind] = lines.GetValueOrDefault(line.Kind) + 1;
            retried += line.Verdict == RetryVerdict.Final ? 0 : 1;
            if (line.InputTokens > 0 || line.OutputTokens > 0)
                usage[line.Model] = (usage[line.Model].Lines + 1, usage[line.Model].Input + line.InputTokens, usage[line.Model].Output + line.OutputTokens);
        }

        return new HarvestCounts
        {
            Lines = lines,
            Retried = retried,
            InputTokens = usage.Sum(model => model.Input),
            OutputTokens = usage.Sum(model => model.Output),
            Usage = [.. usage.Select((model, number) => new ModelUsage(table.Models[number], model.Lines, model.Input, model.Output))
                .Where(model => model.Lines > 0)],
        };
    }
}
