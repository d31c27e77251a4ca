using BatchGateway.Internal.Http;
using Microsoft.Extensions.Options;

namespace BatchGateway.Internal.Registration;

/// <summary>Says all that is wrong with the options at once.</summary>
internal sealed class BatchGatewayOptionsValidator : IValidateOptions<BatchGatewayOptions>
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    // What SocketsHttpHandler takes.

    public ValidateOptionsResult Validate(string? name, BatchGatewayOptions options)
    {
        string prefix = string.IsNullOrEmpty(name) ? "BatchGatewayOptions: " : $"BatchGatewayOptions '{name}': ";
        List<string> problems = [.. Problems(options).Select(problem => prefix + problem)];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(BatchGatewayOptions options) =>
    [
        .. Address(options),
        .. Credentials(options),
        .. Limits(options),
        .. RequestHeaders.Problems(options.Headers),
        .. RequestHeaders.Problems(options.Provider is null ? [] : [new(GatewayHeaders.Provider, options.Provider)]),
        .. RequestHeaders.MetadataProblems(options.GatewayMetadata),
    ];

    private static IEnumerable<string> Address(BatchGatewayOptions options)
    {
        if (!GatewayAddress.TryParse(options.ControlPlaneUrl, options.ApiPath, out GatewayAddress? address, out string? problem))
            yield return problem;
        else if (address.Uri.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !options.AllowInsecureHttp)
            yield return $"ControlPlaneUrl is plain http to '{address.Uri.Host}': the token would travel in the open. Use https, or set AllowInsecureHttp.";
    }

    private static IEnumerable<string> Credentials(BatchGatewayOptions options)
    {
        int sources = new[] { options.ApiKey is not null, options.ApiKeyFile is not null, options.TokenProvider is not null }.Count(isSet => isSet);
        if (sources == 0)
            yield return "There is no token: set ApiKey, ApiKeyFile or TokenProvider.";
        else if (sources > 1)
            yield return "There is more than one source of the token: set only one of ApiKey, ApiKeyFile and TokenProvider.";
        else if (options.ApiKey is not null && string.IsNullOrWhiteSpace(options.ApiKey))
            yield return "ApiKey is empty.";
        else if (options.ApiKeyFile is not null && string.IsNullOrWhiteSpace(options.ApiKeyFile))
            yield return "ApiKeyFile is empty.";
        else if (options.EnvironmentKey is { } pair && options.ApiKey == pair.Key && options.ControlPlaneUrl != pair.Url)
            yield return "ApiKey comes from BATCHCLIENT_API_KEY, which belongs to BATCHCLIENT_CONTROL_PLANE_URL, but ControlPlaneUrl was changed "
                + "afterwards: set both in one place.";
    }

    private static IEnumerable<string> Limits(BatchGatewayOptions options)
    {
        foreach ((string option, TimeSpan limit) in new[]
        {
            (nameof(options.ControlTimeout), options.ControlTimeout),
            (nameof(options.TransferIdleTimeout), options.TransferIdleTimeout),
            (nameof(options.ConnectTimeout), options.ConnectTimeout),
        })
        {
            if (limit != Timeout.InfiniteTimeSpan && (limit <= TimeSpan.Zero || limit > LongestTimer))
                yield return $"{option} is {limit}: it must be longer than zero and at most 24 days, or infinite.";
        }

        if (options.MaxAttempts is < 1 or > 100)
            yield return $"MaxAttempts is {options.MaxAttempts}: it must be from 1 to 100.";
        if (options.RetryDelay < TimeSpan.FromMilliseconds(10) || options.RetryDelay > LongestTimer)
            yield return $"RetryDelay is {options.RetryDelay}: it must be at least 10 milliseconds.";
        if (options.MaxRetryDelay < options.RetryDelay || options.MaxRetryDelay > TimeSpan.FromDays(1))
            yield return $"MaxRetryDelay is {options.MaxRetryDelay}: it must be no shorter than RetryDelay and at most a day.";
        if (options.TimeProvider is null)
            yield return "TimeProvider is null.";
    }
}
