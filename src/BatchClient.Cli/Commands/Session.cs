using System.CommandLine;
using BatchGateway.Cli.Gateway;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Running;
using BatchGateway.Cli.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Cli.Commands;

/// <summary>One run of a command: what the user gave, where the user looks, and the way to the gateway.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly ParseResult _arguments;
    private readonly Secrets _secrets;
    private readonly Lazy<ToolSettings> _settings;
    private readonly Lazy<ServiceProvider> _services;
    private Action<IServiceCollection>? _more;

    public Session(ParseResult arguments, Screen screen, Secrets secrets, CancellationToken cancelled)
    {
        _arguments = arguments;
        _secrets = secrets;
        _settings = new(() => ToolSettings.Read(arguments));
        Screen = screen;
        Cancelled = cancelled;
        _services = new(() =>
        {
            IServiceCollection services = GatewayServices.From(Settings, screen, secrets, Clock);
            _more?.Invoke(services);
            return services.BuildServiceProvider();
        });
        Interrupted = new(
            "interrupted",
            $"'{Tool.Name} {(_arguments.CommandResult.Command as ToolCommand)?.Path}' was interrupted.",
            "What had been sent by then stands at the gateway.",
            "Run the same command again.",
            ExitCode.Interrupted);
    }

    public Screen Screen { get; }

    /// <summary>Cancelled by Ctrl+C.</summary>
    public CancellationToken Cancelled { get; }

    public TimeProvider Clock { get; } = TimeProvider.System;

    /// <summary>What the user typed, to be typed again.</summary>
    public string CommandLine => string.Join(' ', _arguments.Tokens.Select(token => Shell.Quote(token.Value)).Prepend(Tool.Name));

    /// <summary>Where the gateway is and how to sign in.</summary>
    public ToolSettings Settings => _settings.Value;

    /// <summary>The gateway that the settings name. The first use reads them.</summary>
    public IBatchClient Client => Services.GetRequiredService<IBatchClient>();

    public IServiceProvider Services => _services.Value;

    /// <summary>What is told after Ctrl+C.</summary>
    public ErrorReport Interrupted { get; private set; }

    public T? Get<T>(Argument<T> argument) => _arguments.GetValue(argument);

    public T? Get<T>(Option<T> option) => _arguments.GetValue(option);

    /// <summary>Adds services beside the client, before any is used.</summary>
    public void Add(Action<IServiceCollection> more) => _more += more;

    /// <summary>A text from elsewhere, without secrets.</summary>
    public string Clean(string text) => _secrets.Clean(text);

    /// <summary>Says what Ctrl+C means from now on: how things stand then, and the command that goes on.</summary>
    public void IfInterrupted(string state, string next) => Interrupted = Interrupted with { State = state, Next = next };

    public async ValueTask DisposeAsync()
    {
        if (_services.IsValueCreated)
            await _services.Value.DisposeAsync();
    }
}
