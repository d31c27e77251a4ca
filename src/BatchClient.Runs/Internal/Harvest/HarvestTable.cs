using System.Numerics;
using System.Runtime.InteropServices;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// The lines of one shard, and what speaks for each: 56 bytes a line and an index of 8, outside of the garbage collector's memory. A custom id
/// is held as 128 bits with a random key: certain enough, so that no line has to be read again.
/// </summary>
internal sealed unsafe class HarvestTable : IDisposable
{
    private readonly KeyedHash _firstHash = KeyedHash.NewRandom();
    private readonly KeyedHash _secondHash = KeyedHash.NewRandom();
    private readonly int _capacity;
    private readonly int _mask;
    private HarvestEntry* _entries;
    private int* _index;

    /// <summary>Makes an empty table.</summary>
    /// <param name="lines">How many lines there will be.</param>
    public HarvestTable(long lines)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lines, 1 << 28);
        _capacity = (int)lines;
        // One at least stays empty: that is where a search ends.
        int buckets = (int)BitOperations.RoundUpToPowerOf2((uint)(_capacity + (_capacity / 2) + 1));
        _mask = buckets - 1;
        _entries = (HarvestEntry*)NativeMemory.AllocZeroed((nuint)_capacity, (nuint)sizeof(HarvestEntry));
        _index = (int*)NativeMemory.AllocZeroed((nuint)buckets, sizeof(int));
    }

    ~HarvestTable() => Free();

    public int Count { get; private set; }

    public ModelNames Models { get; } = new();

    /// <summary>How many lines something speaks for.</summary>
    public int Found { get; private set; }

    public bool HasMissing => Found < Count;

    public ref HarvestEntry this[int entry]
    {
        get
        {
            ObjectDisposedException.ThrowIf(_entries is null, this);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)entry, (uint)Count);
            return ref _entries[entry];
        }
    }

    /// <summary>Adds the next line.</summary>
    /// <exception cref="InvalidDataException">There are more lines than were announced, or two with one custom id.</exception>
    public void Add(long line, ReadOnlySpan<byte> customId)
    {
        if (Count == _capacity)
            throw new InvalidDataException($"The shard's file has more than the {_capacity} lines that it should have.");

        HarvestEntry entry = new() { Line = line, First = _firstHash.Of(customId), Second = _secondHash.Of(customId) };
        int bucket = BucketOf(entry.First, entry.Second);
        if (_index[bucket] != 0)
            throw new InvalidDataException($"Line {line} has the custom id of line {_entries[_index[bucket] - 1].Line}.");

        _entries[Count++] = entry;
        _index[bucket] = Count;
    }

    /// <summary>The line with a custom id; -1 when none has it.</summary>
    public int Find(ReadOnlySpan<byte> customId)
    {
        ObjectDisposedException.ThrowIf(_entries is null, this);
        return _index[BucketOf(_firstHash.Of(customId), _secondHash.Of(customId))] - 1;
    }

    /// <summary>Takes what is said of a line, in place of what was said before.</summary>
    public void Say(int entry, in HarvestEntry what)
    {
        ref HarvestEntry held = ref this[entry];
        if (!held.IsFound)
            Found++;
        held = what with { Line = held.Line, First = held.First, Second = held.Second, IsFound = true };
    }

    /// <summary>Says it of every line that nothing speaks for yet.</summary>
    public void SayOfRest(in HarvestEntry what)
    {
        for (int entry = 0; entry < Count; entry++)
        {
            if (!this[entry].IsFound)
                Say(entry, what);
        }
    }

    /// <summary>Forgets what was said of the lines, before other files are read.</summary>
    public void Clear()
    {
        for (int entry = 0; entry < Count; entry++)
        {
            HarvestEntry held = _entries[entry];
            _entries[entry] = new HarvestEntry { Line = held.Line, First = held.First, Second = held.Second };
        }

        Found = 0;
    }

    public IEnumerable<LineOutcome> Outcomes()
    {
        for (int entry = 0; entry < Count; entry++)
            yield return this[entry].ToOutcome();
    }

    /// <summary>The lines with a verdict, in their order.</summary>
    public IEnumerable<long> Lines(RetryVerdict verdict)
    {
        for (int entry = 0; entry < Count; entry++)
        {
            if (this[entry].Verdict == verdict)
                yield return this[entry].Line;
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>The bucket of a custom id, or the empty one where it belongs.</summary>
    private int BucketOf(ulong first, ulong second)
    {
        int bucket = (int)first & _mask;
        while (_index[bucket] is not 0 and int entry && (_entries[entry - 1].First != first || _entries[entry - 1].Second != second))
            bucket = (bucket + 1) & _mask;
        return bucket;
    }

    private void Free()
    {
        NativeMemory.Free(_entries);
        NativeMemory.Free(_index);
        _entries = null;
        _index = null;
    }
}
