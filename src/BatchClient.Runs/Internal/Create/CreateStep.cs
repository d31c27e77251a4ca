using System.Net;
using BatchGateway.Internal.Http;
using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>Creates the batch of a shard whose file is known: the intent first, durable, and then one create.</summary>
/// <remarks>
/// When the end of an earlier create was not known, the list is looked through once more just before: between its proof and this moment hours may
/// have passed.
/// </remarks>
internal sealed class CreateStep(RunContext context, BatchSearch search)
{
    /// <summary>How long a create whose answer was lost is looked for before the shard is put aside.</summary>
    private static readonly TimeSpan FirstSearch = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan PauseAfterSearch = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FilePause = TimeSpan.FromSeconds(20);

    /// <summary>How often a file that the gateway has just taken may be unknown to it.</summary>
    private const int MostFileRefusals = 5;

    /// <returns>How long to pause; null when the batch is known, or the shard put aside.</returns>
    public async Task<TimeSpan?> RunAsync(ShardWork work, CancellationToken cancellationToken)
    {
        string? key = await KeyAsync(work, cancellationToken).ConfigureAwait(false);
        long? lookedAt = null;
        if (work.Facts.EarlierIntents.Count > 0)
        {
            lookedAt = await LookAgainAsync(work, key, cancellationToken).ConfigureAwait(false);
            if (lookedAt is null)
                return await ReopenAsync(work).ConfigureAwait(false);
        }

        return await CreateAsync(work, new CreatePermit(context, work, key, lookedAt), cancellationToken).ConfigureAwait(false);
    }

    private async Task<TimeSpan?> CreateAsync(ShardWork work, CreatePermit permit, CancellationToken cancellationToken)
    {
        ShardFacts facts = work.Facts with
        {
            IntentToken = IntentToken.New(),
            IntentAt = context.Now,
            IntentKey = permit.Key,
            FoundOpenAt = null,
            WitnessAt = null,
            Problem = null
        };
        GatewayPreparedBatch create = Prepare(work, facts, permit);
        await work.MoveAsync(RunStep.Intent, ShardState.Intent, facts).ConfigureAwait(false);
        string batchId;
        try
        {
            context.Before(RunStep.Create, work.Number);
            // Asked here as well as before the first byte: an application's own layer over the calls does not pass that question on.
            await permit.RequireAsync(cancellationToken).ConfigureAwait(false);
            batchId = (await create.CreateAsync(cancellationToken).ConfigureAwait(false)).BatchId!;
            context.After(RunStep.Create, work.Number);
        }
        catch (AmbiguousCreateException exception)
        {
            return await OpenAsync(work, exception).ConfigureAwait(false);
        }
        catch (BatchApiException exception)
        {
            return await RefusedAsync(work, exception, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is BatchClientException or OperationCanceledException or ArgumentException or LostClaimException)
        {
            // Nothing was sent.
            await BackAsync(work, exception.Message, pause: null).ConfigureAwait(false);
            // The claim is its own all the same, else that would have failed: only the lease was about to end.
            if (exception is LostClaimException)
                return context.Setbacks.Pause(work.Number, failure: null);
            if (exception is not BatchClientException failure || !context.Setbacks.MayPass(work.Number, failure))
                throw;
            return context.Setbacks.Pause(work.Number, failure);
        }

        // Outside of the above: a store that fails now says nothing about the batch, which exists.
        ShardFacts created = work.Facts with { BatchKey = work.Facts.IntentKey, BatchStatus = null, Problem = null };
        await CreatedAsync(work, batchId, created).ConfigureAwait(false);
        return null;
    }

    /// <summary>Writes down the batch of a shard.</summary>
    public async Task CreatedAsync(ShardWork work, string batchId, ShardFacts facts)
    {
        context.Setbacks.Authorized(work.Number);
        context.Setbacks.Forget(work.Number);
        try
        {
            await work.MoveAsync(RunStep.Created, ShardState.Created, facts, batchId: batchId).ConfigureAwait(false);
        }
        catch (RunStoreException exception)
        {
            context.Notices.Add($"Shard {work.Number}: batch '{batchId}' was created and could not be written down; it is looked for when the run "
                + $"is resumed: {exception.Message}");
            throw;
        }
    }

    /// <summary>The fingerprint of the key that a create would be sent with now; null when nobody can know.</summary>
    private async Task<string?> KeyAsync(ShardWork work, CancellationToken cancellationToken) => work.Client.Tokens is { } tokens
        ? context.Clients.Keys.Of(await tokens.GetAsync(cancellationToken).ConfigureAwait(false), work.Shard.Run)
        : null;

    /// <summary>Whether the list still shows no batch of the earlier creates, to the key that they were sent with.</summary>
    /// <returns>When the look began; null when the proof cannot be confirmed.</returns>
    private async Task<long?> LookAgainAsync(ShardWork work, string? key, CancellationToken cancellationToken)
    {
        try
        {
            Sighting sighting = await search.LookAsync(work, cancellationToken).ConfigureAwait(false);
            context.Setbacks.Authorized(work.Number);
            return sighting.ShowsNone && key == work.Facts.IntentKey ? sighting.At : null;
        }
        catch (BatchApiException exception) when (exception.IsFinal)
        {
            return null;
        }
    }

    /// <summary>The shard goes back to where its last intent is open, and is judged from there.</summary>
    private async Task<TimeSpan?> ReopenAsync(ShardWork work)
    {
        ShardFacts facts = work.Facts.Reopened(context.Now);
        context.OpenIntents.Forget(facts.IntentToken!);
        await work.MoveAsync(RunStep.Reconcile, ShardState.Intent, facts).ConfigureAwait(false);
        return TimeSpan.Zero;
    }

    private GatewayPreparedBatch Prepare(ShardWork work, ShardFacts facts, CreatePermit permit)
    {
        RunClient client = work.Client;
        BatchFile file = new() { Id = facts.FileId!, CreatedAt = facts.FileCreatedAt, Bytes = facts.FileBytes };
        BatchIntent intent = new(facts.IntentToken!, file, client.Call)
        {
            EarlierBatches = facts.EarlierBatches,
            BeforeCreate = permit.RequireAsync,
            TokenUsed = permit.Using,
        };
        return new GatewayPreparedBatch(client.Operations, intent, Request(facts), work.Shard.Lines, FirstSearch);
    }

    private CreateBatchRequest Request(ShardFacts facts) => new()
    {
        InputFileId = facts.FileId!,
        Endpoint = new BatchEndpoint(string.IsNullOrEmpty(facts.Endpoint) ? context.Settings.Endpoint : facts.Endpoint),
        CompletionWindow = context.Settings.CompletionWindow,
        JobName = context.Settings.JobName,
        OutputExpiresAfter = context.Settings.OutputExpiresAfter,
        Metadata = context.Settings.Metadata is { Count: > 0 } metadata ? metadata : null,
    };

    private async Task<TimeSpan?> OpenAsync(ShardWork work, AmbiguousCreateException exception)
    {
        if (exception.Candidates.Count > 1)
        {
            await ReconcileStep.SettleAsync(work, OpenShard.Named(exception.Candidates)).ConfigureAwait(false);
            return null;
        }

        context.OpenIntents.OpenFor(work.Facts.IntentToken!);
        await work.MoveAsync(RunStep.Reconcile, ShardState.Intent, work.Facts with { FoundOpenAt = context.Now, Problem = exception.Message })
            .ConfigureAwait(false);
        return PauseAfterSearch;
    }

    /// <summary>The gateway said no: there is no batch.</summary>
    private async Task<TimeSpan?> RefusedAsync(ShardWork work, BatchApiException exception, CancellationToken cancellationToken)
    {
        ShardFacts facts = work.Facts;
        if (CannotFindFile(exception) && facts.FileRefusals < MostFileRefusals)
        {
            await BackAsync(work, exception.Message, FilePause, facts with { FileRefusals = facts.FileRefusals + 1 }).ConfigureAwait(false);
            return FilePause;
        }

        if (exception.Error.Code == BatchErrorCode.TokenLimitExceeded)
        {
            TimeSpan pause = TokenPause(facts.TokenRefusals);
            await BackAsync(work, exception.Message, pause, facts with { TokenRefusals = facts.TokenRefusals + 1 }).ConfigureAwait(false);
            return pause;
        }

        await BackAsync(work, exception.Message, pause: null).ConfigureAwait(false);
        if (CannotFindFile(exception) && await GoneFile.IsGoneAsync(work, cancellationToken).ConfigureAwait(false))
        {
            await new GoneFile(context).ReplanAsync(work).ConfigureAwait(false);
            return TimeSpan.Zero;
        }

        return context.Setbacks.MayPass(work.Number, exception) ? context.Setbacks.Pause(work.Number, exception) : throw exception;
    }

    /// <summary>The pause after the so many-th refusal for too many tokens: a minute, growing to an hour.</summary>
    public static TimeSpan TokenPause(int refusals) => Pauses.Next(TimeSpan.FromMinutes(1), Math.Pow(2, Math.Min(refusals, 10)),
        TimeSpan.FromHours(1));

    private static Task BackAsync(ShardWork work, string problem, TimeSpan? pause, ShardFacts? facts = null) => work.MoveAsync(
        RunStep.Uploaded, ShardState.Uploaded, (facts ?? work.Facts) with { IntentToken = null, IntentAt = null, Problem = problem }, pause);

    private static bool CannotFindFile(BatchApiException exception) => exception.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound
        && FileRefusal.IsOne(exception.Error);
}
