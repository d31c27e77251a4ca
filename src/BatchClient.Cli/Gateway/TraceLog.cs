using BatchGateway.Cli.Output;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Cli.Gateway;

/// <summary>The library's own log events as lines of <c>--verbose</c>: repeated attempts, polls that failed, breaks in a download.</summary>
internal sealed class TraceLog(Screen screen, Secrets secrets) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => screen.IsVerbose && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            screen.Trace($"* {secrets.Clean(formatter(state, exception))}");
    }

    public void Dispose()
    {
    }
}
