using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Runs.Internal;

/// <summary>What people should know of a run, until the next progress report takes it along.</summary>
internal sealed class RunNotices(ILogger logger, string run)
{
    private const int MostKept = 100;

    private readonly ConcurrentQueue<string> _kept = new();

    /// <summary>Set with every notice, and with every change of the run.</summary>
    public Signal Changed { get; } = new();

    public void Add(string notice)
    {
        logger.RunNotice(run, notice);
        _kept.Enqueue(notice);
        if (_kept.Count > MostKept)
            _kept.TryDequeue(out _);
        Changed.Set();
    }

    public IReadOnlyList<string> Take()
    {
        List<string> taken = [];
        while (_kept.TryDequeue(out string? notice))
            taken.Add(notice);
        return taken;
    }
}
