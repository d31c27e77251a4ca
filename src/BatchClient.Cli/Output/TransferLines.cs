namespace BatchGateway.Cli.Output;

/// <summary>A transfer that is told in lines: one whenever some time has passed.</summary>
internal sealed class TransferLines(Screen screen, string what, string name, long? total, TimeProvider clock) : IProgress<long>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private long _last = clock.GetTimestamp();

    public void Report(long value)
    {
        if (clock.GetElapsedTime(_last) < Pause)
            return;

        _last = clock.GetTimestamp();
        screen.Note(what, $"{name}: {Words.Bytes(value)}{(total is { } all ? $" of {Words.Bytes(all)}" : "")}");
    }
}
