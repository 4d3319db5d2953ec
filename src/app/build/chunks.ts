/**
 * What pages load together goes into one file, from what every page has to what only a lab has: left to itself the
 * bundler makes a file of every few modules that have the same readers, and eighty small files are a sixth larger than
 * the same in ten. A module that is named in none goes where the bundler puts it.
 */
const together: readonly { readonly name: string; readonly files: readonly string[] }[] = [
  {
    // Addresses, and what an example on a stage may say in one.
    name: 'address',
    files: [
      'app/(AddressProblems|address|hidden|sample-address|storage|strangers|pages/lesson/page)',
      'panels/(stages|tape-change)',
    ],
  },
  {
    // What the course says of each lesson.
    name: 'course',
    files: ['app/(lessons|lessons/slug)', '[\\w-]+/lesson\\.md'],
  },
  {
    // What a run is, and what is known of its objectives and architectures.
    name: 'run',
    files: [
      'core/(digest|errors|params|pattern)',
      // A spec may be several files.
      'models/(catalog|[\\w-]+/([\\w-]+-)?spec|shared/options)',
      'objectives/(facts|objective|options|places|round|[\\w-]+/(facts|options))',
      'text/(catalog|vocabulary|corpora/[\\w-]+/(corpus|classes))',
      'training/(connect|frames|history|phases|run|run-field|settings)',
    ],
  },
  {
    // How text is cut into pieces.
    name: 'pieces',
    files: ['core/turns', 'text/tokenizers/(bytes|catalog|unigram|wordpiece|words)'],
  },
  {
    // What every picture of tokens is drawn with.
    name: 'marks',
    files: ['figures/(ChipMark|Picture|Target|attach|chip-layout|chips|palette|table|text)'],
  },
  {
    // What the panels of a page share.
    name: 'shared',
    files: [
      'panels/(conduct|lab|paced|ready-while-read|run-data|runner|scene|stored|tray)\\.svelte',
      'panels/left-run',
      'app/((lesson-run|seeking)\\.svelte|outline\\.ts|pages/lesson/(LessonStage|placed))',
      'training/kept-place',
      'figures/named-parts',
    ],
  },
  {
    // The loss of a run, stored or made here.
    name: 'chart',
    files: [
      'figures/(Curve\\w+|LossCurve|Playhead|RunFlags|boxes|curve|loss-[\\w-]+|probes|scales|spread)',
      'training/(arm|model|recording|surprise)',
      'panels/(guess-words|loss-charts|written|lab/answer)',
      'text/shown',
    ],
  },
  {
    // Runs that were made before. It waits for a file of data, so it stands by itself.
    name: 'stored',
    files: ['app/(experiments|stored-runs)', '[\\w-]+/recordings/[\\w-]+\\.frames\\.bin'],
  },
  {
    // What the picture of sparse attention is drawn from.
    name: 'sparse',
    files: ['models/bigbird/(blocks|patterns|plan|random-blocks|mersenne-twister)'],
  },
  {
    // What only the settings of a run ask for.
    name: 'settings',
    files: ['app/run-address', 'training/(choices|run-checks)'],
  },
  {
    name: 'lab',
    files: [
      'panels/(LabPanel|picture\\.svelte|tray)',
      'panels/lab/(AnswerPane|AnswerView|ChartPane|ModelPane|Pane|RunBar|model|progress|weight-shapes)',
      'figures/(Model\\w+|TextMarks|heads|model-[\\w-]+|placed-text|strips|threads)',
      'models/(pictures|shared/(block-parts|pattern-parts))',
      'training/milestones',
    ],
  },
];

/** The bundler's `codeSplitting`. */
export const chunks = {
  includeDependenciesRecursively: false,
  groups: together.map(({ name, files }) => ({
    name,
    test: new RegExp(
      `[\\\\/](src|lessons)[\\\\/](${files.join('|').replaceAll('/', '[\\\\/]')})(\\.(svelte|ts)|\\?(summary|url))$`,
    ),
  })),
};
