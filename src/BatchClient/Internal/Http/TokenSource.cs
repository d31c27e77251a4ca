namespace BatchGateway.Internal.Http;

/// <summary>Where the token comes from: a key, a file that may change, or a delegate.</summary>
internal sealed class TokenSource
{
    private readonly BatchGatewayOptions _options;

    public TokenSource(BatchGatewayOptions options) => _options = options;

    /// <summary>The token to use now. Files are read and delegates asked each time: nothing here can be stale.</summary>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        string token = _options switch
        {
            { TokenProvider: { } provider } => await AskAsync(provider, cancellationToken).ConfigureAwait(false),
            { ApiKeyFile: { Length: > 0 } file } => Read(file),
            _ => _options.ApiKey ?? "",
        };
        token = token.Trim();
        if (token.Length == 0)
            throw new BatchClientException(
                "There is no token for the gateway: what was configured is empty. Nothing was sent. Check ApiKey, ApiKeyFile or TokenProvider.");
        if (token.Any(c => c is <= ' ' or > '~'))
            throw new BatchClientException(
                "The token for the gateway has characters that cannot be sent in a header. Nothing was sent. "
                + "Check what ApiKey, ApiKeyFile or TokenProvider gives.");

        return token;
    }

    private static async ValueTask<string> AskAsync(
        Func<CancellationToken, ValueTask<string>> provider, CancellationToken cancellationToken)
    {
        try
        {
            return await provider(cancellationToken).ConfigureAwait(false) ?? "";
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new BatchClientException("The TokenProvider failed, so the gateway was not asked. Nothing was sent. The inner exception says why.", exception);
        }
    }

    // A mounted secret changes by a swapped link, which no time stamp of the file shows; reading a few bytes costs microseconds.
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BatchClientException($"The key file '{file}' cannot be read. Nothing was sent. Check that it exists and may be read.", exception);
        }
    }
}
