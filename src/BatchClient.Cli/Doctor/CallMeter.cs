namespace BatchGateway.Cli.Doctor;

/// <summary>Remembers the calls that are made.</summary>
internal sealed class CallMeter(TimeProvider clock)
{
    private readonly List<MeteredCall> _calls = [];

    public IReadOnlyList<MeteredCall> Calls => _calls;

    public DelegatingHandler NewHandler() => new Handler(this, clock);

    private sealed class Handler(CallMeter meter, TimeProvider clock) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            long start = clock.GetTimestamp();
            int? status = null;
            try
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
                status = (int)response.StatusCode;
                return response;
            }
            finally
            {
                meter._calls.Add(new MeteredCall(status, clock.GetElapsedTime(start)));
            }
        }
    }
}
