namespace BatchGateway.Tests.Conventions;

/// <summary>What the libraries may not do, each once, beside what looks like it and is allowed: the rules are tried out on it. Nobody calls it.</summary>
internal static class PlantedCalls
{
    public static DateTime TheSystemClock_Now() => DateTime.Now;

    public static DateTimeOffset TheSystemClock_UtcNow() => DateTimeOffset.UtcNow;

    public static long TheSystemClock_Ticks() => Environment.TickCount64;

    public static long TheSystemClock_Stopwatch() => System.Diagnostics.Stopwatch.GetTimestamp();

    public static TimeProvider TheSystemClock_Provider() => TimeProvider.System;

    public static IEnumerable<DateTime> TheSystemClock_InAnIterator()
    {
        yield return DateTime.UtcNow;
    }

    public static Func<DateTime> TheSystemClock_InALambda() => () => DateTime.UtcNow;

    public static DateTime TheSystemClock_InALocalFunction()
    {
        return Local();

        static DateTime Local() => DateTime.UtcNow;
    }

    public static Task ATimerWithoutAClock_Delay(CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);

    public static Func<int, Task> ATimerWithoutAClock_AsADelegate() => Task.Delay;

    public static async Task ATimerWithoutAClock_InAnAsyncLambda()
    {
        Func<Task> pause = async () => await Task.Delay(1);
        await pause();
    }

    public static Task ATimerWithoutAClock_WaitAsync(Task task) => task.WaitAsync(TimeSpan.FromSeconds(1));

    public static CancellationTokenSource ATimerWithoutAClock_Source() => new(TimeSpan.FromSeconds(1));

    public static void ATimerWithoutAClock_CancelAfter(CancellationTokenSource source) => source.CancelAfter(1000);

    public static PeriodicTimer ATimerWithoutAClock_PeriodicTimer() => new(TimeSpan.FromSeconds(1));

    public static Timer ATimerWithoutAClock_Timer() => new(_ => { });

    public static HttpClient AnHttpClientOfItsOwn_Client() => new();

    public static SocketsHttpHandler AnHttpClientOfItsOwn_Handler() => new();

    public static int BlockingAThread_Result(Task<int> task) => task.Result;

    public static int BlockingAThread_ResultOfAValueTask(ValueTask<int> task) => task.Result;

    public static void BlockingAThread_Wait(Task task) => task.Wait();

    public static void BlockingAThread_Awaiter(Task task) => task.GetAwaiter().GetResult();

    public static async Task BlockingAThread_AwaiterInAsyncCode(Task first, Task<int> second)
    {
        await first;
        second.ConfigureAwait(false).GetAwaiter().GetResult();
    }

    public static void BlockingAThread_Sleep() => Thread.Sleep(1);

    public static async void AnAsyncVoidMethod_Await(Task task) => await task;

    public static void TheConsole_WriteLine() => Console.WriteLine("Hello");

    public static int ChanceWithoutASeed_Shared() => Random.Shared.Next();

    public static int ChanceWithoutASeed_New() => new Random().Next();

    public static DateTimeOffset Nothing_Clock(TimeProvider clock) => clock.GetUtcNow();

    public static Task Nothing_Delay(TimeProvider clock) => Task.Delay(TimeSpan.FromSeconds(1), clock);

    public static CancellationTokenSource Nothing_Source(TimeProvider clock) => new(TimeSpan.FromSeconds(1), clock);

    public static CancellationTokenSource Nothing_SourceWithoutALimit() => new();

    public static Task Nothing_WaitAsync(Task task, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.WhenAll(task.WaitAsync(cancellationToken), task.WaitAsync(TimeSpan.FromSeconds(1), clock, cancellationToken));

    public static int Nothing_Chance() => new Random(7).Next();

    public static async Task Nothing_Await(Task<int> task, ValueTask<int> other, SemaphoreSlim gate, IAsyncDisposable scope)
    {
        await using (scope.ConfigureAwait(false))
        {
            await gate.WaitAsync();
            await task.ConfigureAwait(false);
            await other;
            await Task.Yield();
        }
    }
}
