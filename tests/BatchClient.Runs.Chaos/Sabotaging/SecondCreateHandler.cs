using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace BatchGateway.Runs.Chaos.Sabotaging;

/// <summary>
/// Makes a copy of what refuses to be sent twice, and sends it twice. It stands below everything that the library has against that: the same
/// handler as an application adds it is stopped.
/// </summary>
internal sealed class SecondCreateHandler : DelegatingHandler
{
    public static void AddTo(IBatchClientBuilder client) => client.Services.PostConfigure<HttpClientFactoryOptions>(
        client.Control.Name,
        factory => factory.HttpMessageHandlerBuilderActions.Add(handlers => handlers.AdditionalHandlers.Add(new SecondCreateHandler())));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Post || request.RequestUri?.AbsolutePath.EndsWith("/batches", StringComparison.Ordinal) != true)
            return await base.SendAsync(request, cancellationToken);

        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            HttpResponseMessage answer = await base.SendAsync(Copy(request, body), cancellationToken);
            if (answer.StatusCode < HttpStatusCode.InternalServerError)
                return answer;
            answer.Dispose();
        }
        catch (HttpRequestException)
        {
            // Sent once more.
        }

        return await base.SendAsync(Copy(request, body), cancellationToken);
    }

    private static HttpRequestMessage Copy(HttpRequestMessage request, byte[] body)
    {
        HttpRequestMessage copy = new(request.Method, request.RequestUri) { Version = request.Version, Content = new ByteArrayContent(body) };
        foreach ((string name, IEnumerable<string> values) in request.Headers)
            copy.Headers.TryAddWithoutValidation(name, values);
        foreach ((string name, IEnumerable<string> values) in request.Content!.Headers)
            copy.Content.Headers.TryAddWithoutValidation(name, values);
        foreach ((string name, object? value) in request.Options)
            ((IDictionary<string, object?>)copy.Options)[name] = value;
        return copy;
    }
}
