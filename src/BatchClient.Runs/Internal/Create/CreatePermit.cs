namespace BatchGateway.Runs.Internal;

/// <summary>Whether one create may be sent. It is asked one line before the point of no return.</summary>
/// <param name="context">The run.</param>
/// <param name="work">The shard, with its intent on record.</param>
/// <param name="key">The fingerprint of the key that stands in the intent; null when nobody can know.</param>
/// <param name="lookedAt">When the list was last looked through for batches of earlier creates; null when there are none.</param>
internal sealed class CreatePermit(RunContext context, ShardWork work, string? key, long? lookedAt)
{
    /// <summary>For how long a lease must last at least.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>How long after a look a create may follow it.</summary>
    private static readonly TimeSpan LookLasts = TimeSpan.FromMinutes(1);

    private string? _used;

    public string? Key => key;

    /// <summary>The token that the create is about to be sent with.</summary>
    public void Using(string token) => _used = token;

    /// <exception cref="LostClaimException">The shard may belong to somebody else: this worker was asleep for longer than its lease.</exception>
    /// <exception cref="BatchConnectionException">The intent, or the look before it, does not fit any more.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (!await context.Store.PermitsCreateAsync(work.Claim, Margin, cancellationToken).ConfigureAwait(false))
            throw new LostClaimException(work.Number);
        if (lookedAt is { } at && context.Clock.GetElapsedTime(at) > LookLasts)
            throw NotSent("the last look for a batch of its earlier create was too long ago");
        if (key is not null && _used is { } token && context.Clients.Keys.Of(token, work.Shard.Run) != key)
            throw NotSent("the key was changed in this moment, and the create would have been sent with another one than its intent says");
    }

    private BatchConnectionException NotSent(string why) =>
        new($"The create of shard {work.Number} was put off: {why}. Nothing was sent; it is tried again.");
}
