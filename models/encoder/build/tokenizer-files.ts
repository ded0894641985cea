import { MAX_TOKENS } from '../artefact.ts';

/** Ids that stand for no text: unknown, and five that the reference never gives. */
const RESERVED = 6;
const UNKNOWN = 0;
const PADDING = 3;

/**
 * The tokenizer and the model's description as Hugging Face's libraries read them, by file name.
 *
 * Where the original reserves `<s>` and the like, the pieces here contain a space, which the normalizer leaves in no
 * text: nobody can write a reserved piece.
 *
 * @param vocabulary pieces with their log probabilities, by id
 */
export function tokenizerFiles(
  vocabulary: readonly (readonly [piece: string, score: number])[],
  dimension: number,
): Record<string, string> {
  const pieces = vocabulary.map(([piece, score], id) => [id < RESERVED ? reservedName(id) : piece, score]);
  return {
    'tokenizer.json': json({
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [],
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'NFKC' },
          { type: 'Prepend', prepend: '▁' },
          { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
        ],
      },
      pre_tokenizer: null,
      post_processor: null,
      decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: false },
      model: { type: 'Unigram', unk_id: UNKNOWN, vocab: pieces, byte_fallback: false },
    }),
    'tokenizer_config.json': json({
      tokenizer_class: 'PreTrainedTokenizerFast',
      model_max_length: MAX_TOKENS,
      padding_side: 'right',
      truncation_side: 'right',
      unk_token: reservedName(UNKNOWN),
      pad_token: reservedName(PADDING),
      clean_up_tokenization_spaces: false,
    }),
    // The type tells the loader what goes in and comes out (ids and a mask, one state for each piece), as with BERT.
    'config.json': json({
      model_type: 'bert',
      architectures: ['UniversalSentenceEncoderLite'],
      hidden_size: dimension,
      num_hidden_layers: 2,
      num_attention_heads: 4,
      max_position_embeddings: MAX_TOKENS,
      vocab_size: vocabulary.length,
      pad_token_id: PADDING,
    }),
  };
}

const RESERVED_NAMES: Readonly<Record<number, string>> = {
  [UNKNOWN]: '< unknown >',
  [PADDING]: '< padding >',
};
const reservedName = (id: number): string => RESERVED_NAMES[id] ?? `< reserved ${id} >`;

const json = (value: unknown): string => `${JSON.stringify(value)}\n`;
