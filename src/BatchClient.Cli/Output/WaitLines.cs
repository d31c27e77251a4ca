namespace BatchGateway.Cli.Output;

/// <summary>A wait that is told in lines: one whenever something has changed.</summary>
internal sealed class WaitLines(Screen screen, string id) : IProgress<BatchProgress>
{
    private string? _last;

    public void Report(BatchProgress value)
    {
        string now = WaitWords.Of(value);
        if (now != _last)
            screen.Note("Waiting", $"{id}: {now}");
        if (value.Failure is { } failure && now != _last)
            screen.Note("", failure.Message);
        if (value.Notice is { } notice)
            screen.Note("Note", notice);
        _last = now;
    }
}
