using System.Collections.Concurrent;
using BatchGateway.Internal.Diagnostics;
using BatchGateway.Internal.Http;
using BatchGateway.Internal.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BatchGateway.Runs.Internal;

/// <summary>Finds the clients that runs go through by the names that they are registered under.</summary>
internal sealed class ClientDirectory(IServiceProvider services)
{
    private readonly ConcurrentDictionary<string, RunClient> _known = new();

    public KeyFingerprints Keys { get; } = new();

    /// <summary>The address of everything that is sent through this client from now on.</summary>
    /// <exception cref="BatchRunException">There is no such client.</exception>
    public RunAddress AddressOf(string client, BatchCallOptions? call)
    {
        Require(client);
        BatchReference sent = new References(new RequestHeaders(OptionsOf(client))).Of(BatchCallOptions.Copy(call));
        return Here(client) with { Provider = sent.Provider, Headers = sent.Headers, GatewayMetadata = sent.GatewayMetadata };
    }

    /// <summary>The client for an address that was stored.</summary>
    /// <exception cref="BatchRunException">It is not registered here, or points elsewhere.</exception>
    public RunClient Find(RunAddress address) => _known.GetOrAdd(RunsJson.Write(address), _ => Resolve(address));

    /// <summary>The clock that a client lives by.</summary>
    public TimeProvider ClockOf(string client) => OptionsOf(client).TimeProvider;

    private RunClient Resolve(RunAddress address)
    {
        IBatchClient client = Require(address.Client);
        RunAddress here = Here(address.Client);
        if (!here.IsSamePlace(address))
            throw new BatchRunException(
                $"The client {Named(address.Client)} points to {Place(here)}, and this run's batches are at {Place(address)}. Nothing was sent. "
                + "Configure the client as it was when the run began, or register that one under its name.");

        BatchGatewayOptions options = OptionsOf(address.Client);
        BatchCallOptions call = References.OptionsOf(new BatchReference
        {
            Provider = address.Provider,
            Headers = address.Headers,
            GatewayMetadata = address.GatewayMetadata,
        });
        OperationContext operations = new(
            client.Batches, client.Files, new References(new RequestHeaders(options)), options.TimeProvider, options.NetworkClock, Logger());
        return new RunClient(client, call, operations);
    }

    private IBatchClient Require(string client) =>
        (client.Length == 0 ? services.GetService<IBatchClient>() : services.GetKeyedService<IBatchClient>(client))
        ?? throw new BatchRunException(client.Length == 0
            ? "No client is registered without a key, and this run needs it. Nothing was sent. Call AddBatchClient."
            : $"No client is registered under the key '{client}', and this run needs it. Nothing was sent. Call "
            + $"AddKeyedBatchClient(\"{client}\", ...).");

    private RunAddress Here(string client)
    {
        BatchGatewayOptions options = OptionsOf(client);
        return GatewayAddress.TryParse(options.ControlPlaneUrl, "", out GatewayAddress? control, out _)
            ? new RunAddress { Client = client, ControlPlaneUrl = control.Uri.AbsoluteUri.TrimEnd('/'), ApiPath = options.ApiPath.Trim().Trim('/') }
            : new RunAddress { Client = client };
    }

    private BatchGatewayOptions OptionsOf(string client) =>
        services.GetService<IOptionsMonitor<BatchGatewayOptions>>()?.Get(client) ?? new BatchGatewayOptions();

    private QuietLogger Logger() => new((services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(Telemetry.Name));

    private static string Named(string client) => client.Length == 0 ? "without a key" : $"'{client}'";

    private static string Place(RunAddress address) => $"'{address.ControlPlaneUrl}/{address.ApiPath}'";
}
