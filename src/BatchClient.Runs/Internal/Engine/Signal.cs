namespace BatchGateway.Runs.Internal;

/// <summary>
/// Wakes whoever waits for a change. Take <see cref="Next"/> before looking, so that no change falls between the look and the wait.
/// </summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends with the next change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>
    /// Waits for work that is under way, but not for longer than this. That is a limit on the work and no wait: a clock that jumps from wait to wait
    /// does not jump over work for it.
    /// </summary>
    public static async Task WaitForWorkAsync(Task work, TimeSpan? limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        await work.WaitAsync(Bounded(limit), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Waits for a change, but not for longer than this.</summary>
    public static async Task WaitAsync(Task next, TimeSpan? limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        using CancellationTokenSource woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task pause = Task.Delay(Bounded(limit), clock, woken.Token);
        await Task.WhenAny(next, pause).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
        await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TimeSpan Bounded(TimeSpan? limit) => limit switch
    {
        null => Timeout.InfiniteTimeSpan,
        { } span when span < TimeSpan.FromMilliseconds(1) => TimeSpan.FromMilliseconds(1),
        { } span when span > TimeSpan.FromDays(20) => TimeSpan.FromDays(20),
        { } span => span,
    };

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
