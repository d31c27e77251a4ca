using System.Text;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>Numbers for the models that answers name, without an allocation for each answer. 0 is no model.</summary>
internal sealed class ModelNames
{
    // A batch has one model or two. Whoever names another one in each line must not fill the memory.
    private const int Most = 100;
    private const int LongestName = 200;

    private readonly List<byte[]> _names = [];

    /// <summary>How many numbers there are, 0 included.</summary>
    public int Count => _names.Count + 1;

    public string? this[int number] => number == 0 ? null : Encoding.UTF8.GetString(_names[number - 1]);

    /// <summary>The number of a model; a new one when it was not met before.</summary>
    public byte NumberOf(JsonSlice model, ReadOnlySpan<byte> body)
    {
        if (!model.IsString || model.IsEscaped || model.Length is 0 or > LongestName)
            return 0;

        ReadOnlySpan<byte> name = model.In(body);
        for (int i = 0; i < _names.Count; i++)
        {
            if (name.SequenceEqual(_names[i]))
                return (byte)(i + 1);
        }

        if (_names.Count == Most)
            return 0;
        _names.Add(name.ToArray());
        return (byte)_names.Count;
    }
}
