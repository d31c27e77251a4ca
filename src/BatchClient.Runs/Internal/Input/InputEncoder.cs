using System.Buffers;
using System.Text;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>Makes the bytes of the lines of one input, checks them, and deals them out to shards.</summary>
internal sealed class InputEncoder : IEarlierLines, IDisposable
{
    private readonly RequestEncoder _encoder;

    /// <summary>Makes one for an input. The table of the custom ids is disposed of with this.</summary>
    public InputEncoder(BatchLimits limits, CustomIdSet ids)
    {
        Rules = new RequestLineRules(limits, this, RequestLineRules.NothingSent, ids);
        Parts = new RequestParts(limits, Rules, int.MaxValue);
        _encoder = new RequestEncoder(Rules);
    }

    public RequestLineRules Rules { get; }

    public RequestParts Parts { get; }

    /// <summary>The lines that were not taken out yet, each with its line feed.</summary>
    public ArrayBufferWriter<byte> Buffer => _encoder.Buffer;

    /// <summary>
    /// The custom ids that look like those of earlier lines, with the number of the line. Whether they are is seen in the lines themselves, once
    /// they can be read: what is being written is nobody's to read.
    /// </summary>
    public Dictionary<string, long> Suspects { get; } = [];

    /// <summary>Whether the line that was appended last is the first one of a shard.</summary>
    public bool HasBegunShard { get; private set; }

    /// <exception cref="BatchInputException">The line cannot be sent.</exception>
    public RequestLine Append(BatchRequestLine line)
    {
        RequestLine appended = _encoder.Append(line);
        HasBegunShard = Parts.Add(appended, Buffer.WrittenSpan[appended.Start..]);
        return appended;
    }

    /// <summary>The bytes of the line that was appended last, without its line feed.</summary>
    public ReadOnlySpan<byte> Json(in RequestLine line) => Buffer.WrittenSpan.Slice(line.Start, line.Length - 1);

    public long? Find(ReadOnlySpan<byte> customId)
    {
        Suspects[Encoding.UTF8.GetString(customId)] = Rules.Number;
        return null;
    }

    public void Dispose()
    {
        _encoder.Dispose();
        Rules.Dispose();
    }
}
