namespace BatchGateway.Runs.Internal;

/// <summary>Makes the input of a run durable, or recognises it when it is given again.</summary>
internal sealed class RunInput(RunsState state, StepProbe? probe)
{
    /// <summary>The run of this name, with its input fixed.</summary>
    /// <exception cref="BatchInputException">A line cannot be sent.</exception>
    /// <exception cref="BatchRunConflictException">The run has other lines.</exception>
    public async Task<RunRow> TakeAsync(BatchRunRequest request, RunSettings settings, CancellationToken cancellationToken)
    {
        RunRow? run = await state.Store.FindRunAsync(request.Name, cancellationToken).ConfigureAwait(false);
        if (run is { State: not RunState.Spooling })
            return await CompareAsync(run, request, cancellationToken).ConfigureAwait(false);

        // A crash while the lines were being written: nothing was sent, and the new call decides.
        if (run is not null)
            await DiscardAsync(run).ConfigureAwait(false);
        return await SpoolAsync(request, settings, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes a run with its blobs. The row goes first, and with it the power of every claim: what a crash leaves then belongs to nobody, and is
    /// swept when the folder is opened.
    /// </summary>
    public async Task<bool> DeleteAsync(RunRow run)
    {
        probe?.Reached(RunStep.Forget, isDone: false, 0);
        bool wasThere = await state.Store.DeleteRunAsync(run.Id, CancellationToken.None).ConfigureAwait(false);
        probe?.Reached(RunStep.Forget, isDone: true, 0);
        probe?.Reached(RunStep.Sweep, isDone: false, 0);
        await state.Blobs.DeleteAllAsync(BlobsOfRun.Prefix(run.Id), CancellationToken.None).ConfigureAwait(false);
        probe?.Reached(RunStep.Sweep, isDone: true, 0);
        return wasThere;
    }

    // What never began is not deleted by anybody: no step for those who watch.
    private Task DiscardAsync(RunRow run) => new RunInput(state, probe: null).DeleteAsync(run);

    private async Task<RunRow> SpoolAsync(BatchRunRequest request, RunSettings settings, CancellationToken cancellationToken)
    {
        RunRow run = await state.Store.OpenRunAsync(request.Name, RunsJson.Write(settings), request.Deadline, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            probe?.Reached(RunStep.Spool, isDone: false, 0);
            SpooledInput input = await new InputSpool(new BlobsOfRun(state.Blobs, run.Id))
                .WriteAsync(request.Lines, settings.Limits, cancellationToken).ConfigureAwait(false);
            probe?.Reached(RunStep.Spool, isDone: true, 0);
            return await SealAsync(run, input).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is BatchClientException or ArgumentException or OperationCanceledException)
        {
            await DiscardAsync(run).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<RunRow> SealAsync(RunRow run, SpooledInput input)
    {
        string facts = RunsJson.Write(new ShardFacts { Endpoint = input.Endpoint.ToString(), Model = input.Model });
        probe?.Reached(RunStep.Seal, isDone: false, 0);
        await state.Store.SealInputAsync(run.Id, input.Seal, [.. input.Shards.Select(shard => shard with { Facts = facts })],
            CancellationToken.None).ConfigureAwait(false);
        probe?.Reached(RunStep.Seal, isDone: true, 0);
        return await state.Store.FindRunAsync(run.Name, CancellationToken.None).ConfigureAwait(false) ?? run;
    }

    private async Task<RunRow> CompareAsync(RunRow run, BatchRunRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardRow> shards = await state.Store.ListShardsAsync(run.Id, ShardState.All, cancellationToken).ConfigureAwait(false);
        InputComparison compared = await new InputSpool(new BlobsOfRun(state.Blobs, run.Id))
            .CompareAsync(request.Lines, RunSettings.Of(run).Limits, [.. shards.Where(shard => shard.Parent is null)], cancellationToken)
            .ConfigureAwait(false);
        return compared.Given == run.Input ? run : throw Conflict(run, compared);
    }

    private static BatchRunConflictException Conflict(RunRow run, InputComparison compared) => new(
        $"Run '{run.Name}' exists with another input: line {compared.FirstDifference} is the first that differs. The run has {run.Input!.Lines} lines "
        + $"({run.Input.Bytes} bytes), and {compared.Given.Lines} ({compared.Given.Bytes} bytes) were given. "
        + "Nothing was sent. Resume it without lines (ResumeAsync), delete it (DeleteAsync), or choose another name.")
    {
        RunName = run.Name,
        ExistingLines = run.Input.Lines,
        GivenLines = compared.Given.Lines,
        FirstDifference = compared.FirstDifference,
    };
}
