using Microsoft.Extensions.Logging;

namespace BatchGateway.Internal.Diagnostics;

/// <summary>A log that cannot fail: what is logged about a lost answer must not hide the exception that tells of it.</summary>
internal sealed class QuietLogger : ILogger
{
    private readonly ILogger _inner;

    public QuietLogger(ILogger inner) => _inner = inner;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => _inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => _inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            _inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // The application's own log is broken; there is nowhere left to say so.
        }
    }
}
