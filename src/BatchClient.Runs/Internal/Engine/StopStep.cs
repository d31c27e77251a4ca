namespace BatchGateway.Runs.Internal;

/// <summary>Stops a shard that no pause helps: it says why, holds no place in the budget, and is tried again by the next life of the run.</summary>
/// <remarks>It is noted before anything else: whoever is given the shard back must not take it again at once.</remarks>
internal sealed class StopStep(RunContext context)
{
    public async Task RunAsync(ShardWork work, BatchClientException cause)
    {
        ShardFacts facts = work.Facts;
        Note(work.Shard, cause, facts.Stops == 0);
        ShardFacts stopped = facts with { Problem = cause.Message, Stops = facts.Stops + 1 };
        await work.MoveAsync(RunStep.Settle, work.Shard.State, stopped, freesBudget: true).ConfigureAwait(false);
    }

    private void Note(ShardRow shard, BatchClientException cause, bool isNew)
    {
        bool nothingIsSent = context.Stops.Stop(shard, cause, isNew);
        context.Notices.Add($"Shard {shard.Number} has stopped, and is tried again when the run is resumed: {cause.Message}");
        if (nothingIsSent)
            context.Notices.Add("Nothing more is sent, for it would meet the same. What is in flight is seen to its end.");
    }
}
