using System.Globalization;
using System.Net;
using System.Text;

namespace BatchGateway.Fuzz.Targets;

/// <summary>A call and its answer as text: <c>get 429</c>, the headers, a blank line, the body.</summary>
internal sealed class Exchange
{
    private readonly List<(string Name, string Value)> _headers = [];

    private Exchange(string call, int status, byte[] body)
    {
        Call = call;
        Status = status;
        Body = body;
    }

    public string Call { get; }

    public int Status { get; }

    public byte[] Body { get; }

    public static Exchange Read(byte[] input)
    {
        int end = input.AsSpan().IndexOf("\n\n"u8);
        string[] lines = Encoding.Latin1.GetString(input.AsSpan(0, end < 0 ? input.Length : end)).Split('\n');
        string[] first = lines[0].Split(' ');
        int status = first.Length > 1 && int.TryParse(first[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? Math.Clamp(number, 200, 999) : 200;
        Exchange exchange = new(first[0], status, end < 0 ? [] : input[(end + 2)..]);
        foreach (string line in lines.AsSpan(1))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon)
                exchange._headers.Add((line[..colon], line[(colon + 1)..].Trim()));
        }

        return exchange;
    }

    public HttpResponseMessage Answer()
    {
        HttpResponseMessage response = new((HttpStatusCode)Status) { Content = new StreamContent(new MemoryStream(Body, writable: false)) };
        foreach ((string name, string value) in _headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
