using System.Globalization;
using BatchGateway.Internal.Http;

namespace BatchGateway.Runs.Internal;

/// <summary>What a person must know to settle a shard, in words.</summary>
internal static class OpenShard
{
    /// <summary>What is not known, what to look for, and what to call then.</summary>
    public static string Problem(ShardWork work, string why)
    {
        ShardFacts facts = work.Facts;
        string run = work.Context.Run.Name;
        return $"It is not known whether a batch was created for file '{facts.FileId}' (intent {Intents(facts)}): {why}. Look in the gateway's "
            + $"console for a batch of that file{Provider(work)}: if there is one, call AttachAsync(\"{run}\", {work.Number}, its id); if it is certain "
            + $"that there is none, AbandonAsync(\"{run}\", {work.Number}). Then resume the run (ResumeAsync).";
    }

    /// <summary>Each of several batches with what tells it from the others.</summary>
    public static string Named(IReadOnlyList<Batch> found) => $"{found.Count} batches may be its own: {string.Join("; ", found.Select(Named))}. "
        + "Attach the one whose results are to be read, and cancel the other if it runs for nothing";

    private static string Named(Batch batch) => $"{batch.Id} ({batch.Status}, {Time("created", batch.CreatedAt)}, "
        + $"{(batch.Metadata.TryGetValue(IntentToken.MetadataKey, out string? token) ? $"intent {token}" : "no intent")})";

    private static string Intents(ShardFacts facts)
    {
        string last = $"{facts.IntentToken}, {Time("sent", facts.IntentAt)} by this machine's clock";
        return facts.EarlierIntents.Count == 0 ? last : $"{last}; before it {string.Join(", ", facts.EarlierIntents.Select(intent => intent.Token))}";
    }

    private static string Provider(ShardWork work) =>
        (work.Facts.Address ?? work.Context.Settings.Address).Provider is { } provider ? $" at provider '{provider}'" : "";

    private static string Time(string what, DateTimeOffset? at) => at is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"{what} {time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z")
        : $"{what} at an unknown time";
}
